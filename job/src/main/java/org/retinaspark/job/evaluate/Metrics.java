package org.retinaspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.job.measures.CocoMetrics;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.measures.LandmarkMetrics;
import org.retinaspark.job.measures.Normalisation;
import org.retinaspark.job.measures.PrecisionRecallCurve;
import org.retinaspark.job.measures.spark.EvaluationResult;
import org.retinaspark.job.page.Metric;

/** Turns what was counted into named numbers. */
final class Metrics {

  /** False positives an image at which recall is reported. */
  static final List<Double> FALSE_POSITIVES = List.of(0.01, 0.1, 1.0);

  private static final String ALL = FaceSlice.ALL.value();

  private final List<Metric> metrics = new ArrayList<>();

  private Metrics() {}

  static List<Metric> of(EvaluationResult result) {
    Metrics all = new Metrics();
    result.curves().forEach(curve -> all.add(curve, result.normalisation()));
    result.coco().forEach(all::add);
    result.landmarks().forEach(all::add);
    return List.copyOf(all.metrics);
  }

  private void add(PrecisionRecallCurve curve, Normalisation normalisation) {
    add(curve, "ap", curve.averagePrecision());
    if (!curve.slice().equals(FaceSlice.ALL)) {
      return;
    }
    for (double rate : FALSE_POSITIVES) {
      add(curve, "recall@fp" + rate, curve.recallAtFalsePositives(rate));
    }
    int point = curve.operatingPoint();
    add(curve, "f1", curve.f1(point));
    add(curve, "f1_precision", curve.precision(point));
    add(curve, "f1_recall", curve.recall(point));
    // Where nothing was found no score is the best.
    double score = normalisation.scoreAt(Normalisation.threshold(point));
    add(curve, "f1_score", curve.f1(point) > 0 ? score : Double.NaN);
  }

  private void add(PrecisionRecallCurve curve, String name, double value) {
    FaceSlice slice = curve.slice();
    metrics.add(
        new Metric(curve.subset(), slice.dimension(), slice.value(), name, value, curve.faces()));
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
