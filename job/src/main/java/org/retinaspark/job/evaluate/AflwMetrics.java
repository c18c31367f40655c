package org.retinaspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.job.measures.dense.DenseErrors;
import org.retinaspark.job.measures.dense.DenseMetrics;
import org.retinaspark.job.measures.dense.ErrorSums;
import org.retinaspark.job.measures.dense.PoseWay;
import org.retinaspark.job.measures.dense.YawBin;
import org.retinaspark.job.page.Metric;

/**
 * Turns what was counted on AFLW2000-3D into named numbers: fractions, and degrees for {@code mae}.
 * Each stands for all faces, for each part by yaw, and as the mean of the parts.
 */
final class AflwMetrics {

  static final String ALL = "all";
  static final String YAW = "yaw";
  static final String MEAN = "mean";

  private static final String WHOLE_POSE = "pose";

  private final List<Metric> metrics = new ArrayList<>();

  private AflwMetrics() {}

  static List<Metric> of(DenseMetrics result) {
    AflwMetrics all = new AflwMetrics();
    for (String name :
        List.of(
            DenseErrors.MISSED,
            DenseErrors.POINTS5,
            DenseErrors.POINTS68,
            DenseErrors.POINTS68_BY_EYES)) {
      all.add(name, List.of(result.errors(name)));
    }
    for (PoseWay way : PoseWay.values()) {
      List<ErrorSums> angles = new ArrayList<>();
      for (String angle : DenseErrors.ANGLES) {
        ErrorSums errors = result.errors(DenseErrors.name(angle, way));
        if (errors.faces() > 0) {
          angles.add(errors);
          all.add(DenseErrors.name(angle, way), List.of(errors));
        }
      }
      if (!angles.isEmpty()) {
        all.add(DenseErrors.name(WHOLE_POSE, way), angles);
      }
    }
    return List.copyOf(all.metrics);
  }

  /** The mean of kinds that are of the same faces. */
  private void add(String name, List<ErrorSums> kinds) {
    ErrorSums first = kinds.get(0);
    double all = kinds.stream().mapToDouble(ErrorSums::mean).average().orElseThrow();
    metrics.add(new Metric(ALL, ALL, ALL, name, all, first.faces()));
    for (YawBin bin : YawBin.values()) {
      double mean = kinds.stream().mapToDouble(kind -> kind.mean(bin)).average().orElseThrow();
      metrics.add(new Metric(ALL, YAW, bin.label(), name, mean, first.faces(bin)));
    }
    double bins = kinds.stream().mapToDouble(ErrorSums::meanOfBins).average().orElseThrow();
    metrics.add(new Metric(ALL, YAW, MEAN, name, bins, first.faces()));
  }
}
