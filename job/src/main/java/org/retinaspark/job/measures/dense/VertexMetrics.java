package org.retinaspark.job.measures.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.retinaspark.job.measures.FaceSlice;

/**
 * What was found of two tables.
 *
 * @param form what was compared
 * @param images images of the reference
 * @param withoutRow those of them that the other table has no row for; their faces are missed
 * @param withoutReference images of the other table alone, which count for nothing
 * @param failed images that the other table couldn't look at; their faces are missed
 * @param unknown the first images that count for nothing
 * @param twice the first images that one of the tables has several rows for
 * @param outcomes by slice; slices without a face have none
 * @param errors by slice, by whose mesh, by what is measured
 */
public record VertexMetrics(
    MeshForm form,
    long images,
    long withoutRow,
    long withoutReference,
    long failed,
    List<String> unknown,
    List<String> twice,
    Map<FaceSlice, FaceOutcomes> outcomes,
    Map<FaceSlice, Map<MeshSource, Map<VertexError, ErrorDistribution>>> errors) {

  /** Keeps copies. */
  public VertexMetrics {
    unknown = List.copyOf(unknown);
    twice = List.copyOf(twice);
    outcomes = Map.copyOf(outcomes);
    errors = Map.copyOf(errors);
  }

  /** All slices in the order of reports: all faces, those by size, those by yaw. */
  public static List<FaceSlice> slices() {
    List<FaceSlice> slices = new ArrayList<>();
    slices.add(FaceSlice.ALL);
    for (int part = 0; part < VertexErrors.SIDES.size(); part++) {
      slices.add(VertexErrors.bySize(part));
    }
    for (YawBin bin : YawBin.values()) {
      slices.add(new FaceSlice(VertexErrors.YAW, bin.label()));
    }
    return slices;
  }

  /** What became of a slice's faces. */
  public FaceOutcomes outcomes(FaceSlice slice) {
    return outcomes.getOrDefault(slice, new FaceOutcomes());
  }

  /** The errors of a slice's faces; none where none was measured. */
  public ErrorDistribution errors(FaceSlice slice, MeshSource source, VertexError error) {
    return errors
        .getOrDefault(slice, Map.of())
        .getOrDefault(source, Map.of())
        .getOrDefault(error, new ErrorDistribution());
  }
}
