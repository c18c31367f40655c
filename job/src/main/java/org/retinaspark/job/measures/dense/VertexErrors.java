package org.retinaspark.job.measures.dense;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.measures.Measure;

/**
 * How far the meshes of a table lie from those of a reference: each {@link VertexError} of each
 * {@link MeshSource}, for all faces, by the shorter side of the reference's box and by how far its
 * head is turned.
 *
 * <p>Only faces of the reference that count are looked at. One of them that the table lacks, or has
 * without a mesh, has no error and is counted; the baselines are measured on the faces that have
 * one, so that they compare.
 */
public final class VertexErrors implements Measure<MeshedImage, VertexMetrics, VertexErrors> {

  private static final long serialVersionUID = 1L;

  /** What faces are cut by beside all. */
  static final String SIZE = "size";

  static final String YAW = "yaw";

  /** Lower bounds of the parts by shorter side, in pixels; the last is open. */
  static final List<Integer> SIDES = List.of(0, 16, 32, 48, 96, 192);

  private static final int EXAMPLES = 3;

  private final CountedFaces counted;
  private final MeanShape mean;
  private final Map<FaceSlice, Map<MeshSource, Map<VertexError, ErrorDistribution>>> errors =
      new HashMap<>();
  private final Map<FaceSlice, FaceOutcomes> outcomes = new HashMap<>();
  private final TreeSet<String> unknown = new TreeSet<>();
  private final TreeSet<String> twice = new TreeSet<>();
  private long images;
  private long withoutRow;
  private long withoutReference;
  private long failed;

  /** Of nothing yet, beside baselines of a mean shape. */
  public VertexErrors(CountedFaces counted, MeanShape mean) {
    this.counted = counted;
    this.mean = mean;
  }

  @Override
  public VertexErrors empty() {
    return new VertexErrors(counted, mean);
  }

  @Override
  public void update(MeshedImage image) {
    if (image.referenceRows() > 1 || image.rows() > 1) {
      add(twice, image.image());
    }
    if (image.referenceRows() == 0) {
      withoutReference++;
      add(unknown, image.image());
      return;
    }
    images++;
    withoutRow += image.rows() == 0 ? 1 : 0;
    failed += image.failed() ? 1 : 0;
    int[] pairs = image.pairs();
    for (int face = 0; face < pairs.length; face++) {
      MeshedFace reference = image.reference().get(face);
      if (counted.counts(reference)) {
        List<FaceSlice> slices = slices(reference);
        if (pairs[face] == MeshedImage.NONE) {
          slices.forEach(slice -> outcomes(slice).addMissed());
        } else {
          measure(slices, reference, image.found().get(pairs[face]));
        }
      }
    }
  }

  private void measure(List<FaceSlice> slices, MeshedFace reference, MeshedFace found) {
    if (!found.has(counted.form())) {
      slices.forEach(slice -> outcomes(slice).addWithoutMesh());
      return;
    }
    slices.forEach(slice -> outcomes(slice).addMeasured());
    for (MeshSource source : MeshSource.values()) {
      float[] mesh =
          switch (source) {
            case TABLE -> found.mesh();
            case MEAN_SHAPE -> mean.inBox(found.box());
            case FIVE_POINTS -> mean.fittedTo(found.five());
          };
      for (VertexError error : VertexError.values()) {
        double value = mesh.length == 0 ? Double.NaN : error.of(counted.form(), reference, mesh);
        slices.forEach(slice -> errors(slice, source, error).add(value));
      }
    }
  }

  private static List<FaceSlice> slices(MeshedFace face) {
    List<FaceSlice> slices = new ArrayList<>();
    slices.add(FaceSlice.ALL);
    int part = SIDES.size() - 1;
    while (part > 0 && face.shorterSide() < SIDES.get(part)) {
      part--;
    }
    slices.add(bySize(part));
    if (!Double.isNaN(face.yaw())) {
      slices.add(new FaceSlice(YAW, YawBin.of(face.yaw()).label()));
    }
    return slices;
  }

  static FaceSlice bySize(int part) {
    boolean last = part == SIDES.size() - 1;
    return new FaceSlice(SIZE, SIDES.get(part) + (last ? "+" : "-" + SIDES.get(part + 1)));
  }

  private FaceOutcomes outcomes(FaceSlice slice) {
    return outcomes.computeIfAbsent(slice, unused -> new FaceOutcomes());
  }

  private ErrorDistribution errors(FaceSlice slice, MeshSource source, VertexError error) {
    return errors
        .computeIfAbsent(slice, unused -> new HashMap<>())
        .computeIfAbsent(source, unused -> new HashMap<>())
        .computeIfAbsent(error, unused -> new ErrorDistribution());
  }

  private static void add(NavigableSet<String> examples, String image) {
    examples.add(image);
    if (examples.size() > EXAMPLES) {
      examples.pollLast();
    }
  }

  @Override
  public void merge(VertexErrors other) {
    other.errors.forEach(
        (slice, sources) ->
            sources.forEach(
                (source, kinds) ->
                    kinds.forEach((kind, those) -> errors(slice, source, kind).merge(those))));
    other.outcomes.forEach((slice, those) -> outcomes(slice).merge(those));
    other.unknown.forEach(image -> add(unknown, image));
    other.twice.forEach(image -> add(twice, image));
    images += other.images;
    withoutRow += other.withoutRow;
    withoutReference += other.withoutReference;
    failed += other.failed;
  }

  @Override
  public VertexMetrics result() {
    return new VertexMetrics(
        counted.form(),
        images,
        withoutRow,
        withoutReference,
        failed,
        List.copyOf(unknown),
        List.copyOf(twice),
        outcomes,
        errors);
  }
}
