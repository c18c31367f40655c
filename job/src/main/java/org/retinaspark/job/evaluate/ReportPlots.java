package org.retinaspark.job.evaluate;

import java.util.Arrays;
import java.util.Locale;
import org.retinaspark.job.eval.Curve;
import org.retinaspark.job.eval.LandmarkMetrics;
import org.retinaspark.job.eval.PrecisionRecallCurve;
import org.retinaspark.job.eval.Slice;
import org.retinaspark.job.eval.spark.Scores;

/** The curves of an evaluation, drawn. */
final class ReportPlots {

  private static final double LARGEST_ERROR = 0.2;

  private ReportPlots() {}

  /** Precision by recall of the whole subsets, on linear axes as in the official plots. */
  static String precisionRecall(Scores scores) {
    LinePlot plot = new LinePlot("recall", 1, "precision");
    for (Curve curve : scores.curves()) {
      if (curve.slice().equals(Slice.ALL)) {
        String average = TerminalTable.percent(curve.points().averagePrecision());
        plot.add(new LinePlot.Line(curve.subset() + " " + average, points(curve.points())));
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
  static String landmarkErrors(Scores scores) {
    LinePlot plot = new LinePlot("landmark error, over the norm", LARGEST_ERROR, "share of faces");
    boolean measured = false;
    for (LandmarkMetrics metrics : scores.landmarks()) {
      if (metrics.measured() > 0) {
        measured = true;
        String norm = metrics.norm().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String label = "%s, NME %s".formatted(norm, TerminalTable.percent(metrics.nme()));
        plot.add(new LinePlot.Line(label, shares(metrics.cumulative())));
      }
    }
    return measured ? plot.svg() : "";
  }

  private static double[] shares(double[] cumulative) {
    double[] points = new double[2 * cumulative.length];
    for (int i = 0; i < cumulative.length; i++) {
      points[2 * i] = LARGEST_ERROR * (i + 1) / cumulative.length;
      points[2 * i + 1] = cumulative[i];
    }
    return points;
  }
}
