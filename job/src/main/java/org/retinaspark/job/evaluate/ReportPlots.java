package org.retinaspark.job.evaluate;

import java.util.Arrays;
import java.util.List;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.measures.LandmarkMetrics;
import org.retinaspark.job.measures.PrecisionRecallCurve;
import org.retinaspark.job.measures.spark.EvaluationResult;
import org.retinaspark.job.page.LinePlot;

/** The curves of an evaluation, drawn. */
final class ReportPlots {

  private ReportPlots() {}

  /** Precision by recall of the whole subsets, on linear axes as in the official plots. */
  static String precisionRecall(EvaluationResult result) {
    LinePlot plot = new LinePlot(new LinePlot.Axis("recall", 1), new LinePlot.Axis("precision", 1));
    for (PrecisionRecallCurve curve : result.curves()) {
      if (curve.slice().equals(FaceSlice.ALL)) {
        String average = SubsetTable.percent(curve.averagePrecision());
        plot.add(new LinePlot.Line(curve.subset() + " " + average, points(curve)));
      }
    }
    return plot.svg();
  }

  private static double[] points(PrecisionRecallCurve curve) {
    double[] points = new double[2 * curve.hits().length];
    int at = 0;
    for (int i = 0; i < curve.hits().length; i++) {
      if (curve.proposals()[i] > 0 && curve.faces() > 0) {
        points[at++] = curve.recall(i);
        points[at++] = curve.precision(i);
      }
    }
    return Arrays.copyOf(points, at);
  }

  /** The share of faces by landmark error (CED); nothing where no landmarks were measured. */
  static String landmarkErrors(EvaluationResult result) {
    List<LandmarkMetrics> measured =
        result.landmarks().stream().filter(metrics -> metrics.measured() > 0).toList();
    if (measured.isEmpty()) {
      return "";
    }
    double limit = LandmarkMetrics.error(measured.get(0).cumulative().length - 1);
    LinePlot plot =
        new LinePlot(
            new LinePlot.Axis("landmark error, over the norm", limit),
            new LinePlot.Axis("share of faces", 1));
    for (LandmarkMetrics metrics : measured) {
      String norm = metrics.norm().label().replace('_', '-');
      String label = "%s, NME %s".formatted(norm, SubsetTable.percent(metrics.nme()));
      plot.add(new LinePlot.Line(label, shares(metrics.cumulative())));
    }
    return plot.svg();
  }

  private static double[] shares(double[] cumulative) {
    double[] points = new double[2 * cumulative.length];
    for (int i = 0; i < cumulative.length; i++) {
      points[2 * i] = LandmarkMetrics.error(i);
      points[2 * i + 1] = cumulative[i];
    }
    return points;
  }
}
