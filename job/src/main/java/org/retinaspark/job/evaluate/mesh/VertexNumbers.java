package org.retinaspark.job.evaluate.mesh;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.measures.dense.ErrorDistribution;
import org.retinaspark.job.measures.dense.FaceOutcomes;
import org.retinaspark.job.measures.dense.MeshSource;
import org.retinaspark.job.measures.dense.VertexError;
import org.retinaspark.job.measures.dense.VertexMetrics;
import org.retinaspark.job.page.Metric;

/** Turns what was measured of meshes into named numbers, all of them fractions. */
final class VertexNumbers {

  private static final int FIVE_PERCENT = 50;
  private static final int TEN_PERCENT = 100;

  private final List<Metric> metrics = new ArrayList<>();

  private VertexNumbers() {}

  /** Slices without a face have none; the subset says whose meshes they are. */
  static List<Metric> of(VertexMetrics result) {
    VertexNumbers numbers = new VertexNumbers();
    for (FaceSlice slice : VertexMetrics.slices()) {
      FaceOutcomes outcomes = result.outcomes(slice);
      if (outcomes.faces() > 0) {
        numbers.add(slice, outcomes);
        for (MeshSource source : MeshSource.values()) {
          for (VertexError error : VertexError.values()) {
            numbers.add(slice, source, error, result.errors(slice, source, error));
          }
        }
      }
    }
    return List.copyOf(numbers.metrics);
  }

  private void add(FaceSlice slice, FaceOutcomes outcomes) {
    String table = MeshSource.TABLE.label();
    double faces = outcomes.faces();
    add(table, slice, "missed", outcomes.missed() / faces, outcomes.faces());
    add(table, slice, "without_mesh", outcomes.withoutMesh() / faces, outcomes.faces());
  }

  private void add(
      FaceSlice slice, MeshSource source, VertexError error, ErrorDistribution errors) {
    if (errors.faces() > 0) {
      String name = error.label();
      long faces = errors.faces();
      add(source.label(), slice, name + "_mean", errors.mean(), faces);
      add(source.label(), slice, name + "_median", errors.median(), faces);
      add(source.label(), slice, name + "_below_5", errors.share(FIVE_PERCENT), faces);
      add(source.label(), slice, name + "_below_10", errors.share(TEN_PERCENT), faces);
      add(source.label(), slice, name + "_auc_10", errors.areaUnderCurve(), faces);
    }
  }

  private void add(String subset, FaceSlice slice, String name, double value, long faces) {
    metrics.add(new Metric(subset, slice.dimension(), slice.value(), name, value, faces));
  }
}
