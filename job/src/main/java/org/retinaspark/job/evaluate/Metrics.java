package org.retinaspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.job.eval.CocoMetrics;
import org.retinaspark.job.eval.Curve;
import org.retinaspark.job.eval.LandmarkMetrics;
import org.retinaspark.job.eval.Normalisation;
import org.retinaspark.job.eval.PrecisionRecallCurve;
import org.retinaspark.job.eval.Slice;
import org.retinaspark.job.eval.spark.Scores;

/** Turns what was counted into named numbers. */
final class Metrics {

  /** False positives an image at which recall is reported. */
  static final List<Double> FALSE_POSITIVES = List.of(0.01, 0.1, 1.0);

  private static final String ALL = Slice.ALL.value();

  private final List<Metric> metrics = new ArrayList<>();

  private Metrics() {}

  static List<Metric> of(Scores scores) {
    Metrics all = new Metrics();
    scores.curves().forEach(curve -> all.add(curve, scores.normalisation()));
    scores.coco().forEach(all::add);
    scores.landmarks().forEach(all::add);
    return List.copyOf(all.metrics);
  }

  private void add(Curve curve, Normalisation normalisation) {
    PrecisionRecallCurve points = curve.points();
    add(curve, "ap", points.averagePrecision());
    if (!curve.slice().equals(Slice.ALL)) {
      return;
    }
    for (double rate : FALSE_POSITIVES) {
      add(curve, "recall@fp" + rate, points.recallAtFalsePositives(rate));
    }
    int point = points.operatingPoint();
    add(curve, "f1", points.f1(point));
    add(curve, "f1_precision", points.precision(point));
    add(curve, "f1_recall", points.recall(point));
    // Where nothing was found no score is the best.
    double score = normalisation.scoreAt(Normalisation.threshold(point));
    add(curve, "f1_score", points.f1(point) > 0 ? score : Double.NaN);
  }

  private void add(Curve curve, String name, double value) {
    Slice slice = curve.slice();
    metrics.add(
        new Metric(
            curve.subset(), slice.dimension(), slice.value(), name, value, curve.points().faces()));
  }

  private void add(CocoMetrics coco) {
    String limit = "@" + coco.limit();
    metrics.add(new Metric(coco.subset(), ALL, ALL, "coco_ap" + limit, coco.ap(), coco.faces()));
    metrics.add(
        new Metric(coco.subset(), ALL, ALL, "coco_ap50" + limit, coco.ap50(), coco.faces()));
    metrics.add(
        new Metric(coco.subset(), ALL, ALL, "coco_ap75" + limit, coco.ap75(), coco.faces()));
    metrics.add(new Metric(coco.subset(), ALL, ALL, "coco_ar" + limit, coco.ar(), coco.faces()));
  }

  private void add(LandmarkMetrics landmarks) {
    String norm = landmarks.norm().label();
    long faces = landmarks.measured();
    metrics.add(new Metric("all", ALL, ALL, "nme_" + norm, landmarks.nme(), faces));
    metrics.add(
        new Metric("all", ALL, ALL, "failure_rate_" + norm, landmarks.failureRate(), faces));
  }
}
