package org.retinaspark.udf.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageError;
import org.retinaspark.io.facetable.ImageFrame;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.udf.crop.FacePart;
import org.retinaspark.udf.crop.HeadPose;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.pipeline.Failure;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImageResult;

/** What became of an image, as the table takes it. */
final class ImageRecords {

  private ImageRecords() {}

  static ImageRecord of(ImageResult result, @Nullable String split) {
    ImageInput input = result.input();
    ImageResult.Frame frame = result.frame();
    Failure failure = result.failure();
    return new ImageRecord(
        input.image(),
        input.container(),
        input.uri(),
        split,
        input.length(),
        input.etag(),
        input.modified(),
        frame == null ? null : new ImageFrame(frame.width(), frame.height(), frame.orientation()),
        failure == null ? null : new ImageError(failure.stage(), failure.code(), failure.message()),
        result.warnings(),
        arrays(result.faces(), result.details()),
        carried(result));
  }

  /** The values that the input gave, and then the samples, where there are any. */
  private static List<@Nullable Object> carried(ImageResult result) {
    if (result.samples() == null) {
      return result.input().carried();
    }
    List<@Nullable Object> values = new ArrayList<>(result.input().carried());
    values.add(SampleRows.of(result.samples()));
    return values;
  }

  private static FaceArrays arrays(List<Face> faces, FaceDetails details) {
    if (faces.isEmpty()) {
      return FaceArrays.NONE;
    }
    float[] scores = new float[faces.size()];
    float[] boxes = new float[FaceArrays.BOX * faces.size()];
    float[] landmarks = new float[2 * faces.get(0).landmarks().size() * faces.size()];
    int side = 0;
    int axis = 0;
    for (int index = 0; index < scores.length; index++) {
      Face face = faces.get(index);
      Box box = face.box();
      scores[index] = face.score();
      boxes[side++] = box.x1();
      boxes[side++] = box.y1();
      boxes[side++] = box.x2();
      boxes[side++] = box.y2();
      for (Point point : face.landmarks()) {
        landmarks[axis++] = point.x();
        landmarks[axis++] = point.y();
      }
    }
    FaceDetails.Mesh mesh = details.mesh();
    List<float[]> points = details.landmarks68();
    return new FaceArrays(
        scores,
        boxes,
        landmarks,
        mesh == null ? null : new FaceArrays.Mesh(mesh.topology(), mesh.vertices(), mesh.scores()),
        points == null ? List.of() : points,
        poses(details.pose()),
        parts(details.parts()));
  }

  private static List<FaceArrays.@Nullable Pose> poses(@Nullable List<Optional<HeadPose>> poses) {
    List<FaceArrays.@Nullable Pose> told = new ArrayList<>();
    for (Optional<HeadPose> pose : poses == null ? List.<Optional<HeadPose>>of() : poses) {
      told.add(pose.map(ImageRecords::pose).orElse(null));
    }
    return told;
  }

  private static FaceArrays.Pose pose(HeadPose pose) {
    return new FaceArrays.Pose(pose.yaw(), pose.pitch(), pose.roll(), pose.source().label());
  }

  private static List<List<FaceArrays.Part>> parts(@Nullable List<List<FacePart>> parts) {
    return parts == null
        ? List.of()
        : parts.stream()
            .map(
                face ->
                    face.stream()
                        .map(part -> new FaceArrays.Part(part.part(), part.rle()))
                        .toList())
            .toList();
  }
}
