package org.retinaspark.job.crop;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageRecord;

/**
 * What a table has to be cropped.
 *
 * @param images all of them
 * @param failed those that {@code detect} could not look at
 * @param wantedImages those with a face that is wanted
 * @param wanted faces
 * @param left faces that are not wanted, by reason
 * @param bytes of all wanted images together, where the table says
 * @param pointless wanted faces without five landmarks
 * @param unmoved a file that lay in none of the run's inputs; absent if there is none
 */
record CropCensus(
    long images,
    long failed,
    long wantedImages,
    long wanted,
    Map<FaceFilter.Reason, Long> left,
    long bytes,
    long pointless,
    @Nullable String unmoved)
    implements Serializable {

  /** Nothing seen. */
  static final CropCensus NONE = new CropCensus(0, 0, 0, 0, Map.of(), 0, 0, null);

  /** Of a file of which the table doesn't say. */
  private static final long USUAL_BYTES = 1 << 17;

  /** With one more image. */
  CropCensus with(ImageRecord image, FaceFilter filter, Relocation relocation) {
    FaceArrays faces = image.faces();
    Map<FaceFilter.Reason, Long> refused = new EnumMap<>(FaceFilter.Reason.class);
    long found = 0;
    for (int face = 0; face < faces.count(); face++) {
      Optional<FaceFilter.Reason> reason = filter.refusal(faces, face);
      reason.ifPresent(why -> refused.merge(why, 1L, Long::sum));
      found += reason.isEmpty() ? 1 : 0;
    }
    boolean here = found > 0;
    boolean moved = !here || relocation.of(SourceFile.stored(image)).isPresent();
    return plus(
        new CropCensus(
            1,
            image.error() == null ? 0 : 1,
            here ? 1 : 0,
            found,
            refused,
            here ? (image.length() < 0 ? USUAL_BYTES : image.length()) : 0,
            faces.points() == 5 ? 0 : found,
            moved ? null : SourceFile.stored(image)));
  }

  /** Both together. */
  CropCensus plus(CropCensus other) {
    Map<FaceFilter.Reason, Long> sum = new EnumMap<>(FaceFilter.Reason.class);
    sum.putAll(left);
    other.left.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return new CropCensus(
        images + other.images,
        failed + other.failed,
        wantedImages + other.wantedImages,
        wanted + other.wanted,
        sum,
        bytes + other.bytes,
        pointless + other.pointless,
        unmoved == null ? other.unmoved : unmoved);
  }

  /** Faces left out for a reason. */
  long left(FaceFilter.Reason reason) {
    return left.getOrDefault(reason, 0L);
  }
}
