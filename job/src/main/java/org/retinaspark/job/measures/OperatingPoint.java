package org.retinaspark.job.measures;

import java.io.Serializable;
import java.util.List;

/**
 * The score at which a subset's F1 is best.
 *
 * @param subset its index in {@link Breakdown#subsets()}
 * @param score detections below it are left out
 */
public record OperatingPoint(int subset, double score) implements Serializable {

  /** The one of a whole subset, from the curves of {@link PrecisionRecall}. */
  public static OperatingPoint of(
      Breakdown breakdown,
      int subset,
      List<PrecisionRecallCurve> curves,
      Normalisation normalisation) {
    String name = breakdown.subsets().get(subset);
    PrecisionRecallCurve whole =
        curves.stream()
            .filter(curve -> curve.subset().equals(name) && curve.slice().equals(FaceSlice.ALL))
            .findFirst()
            .orElseThrow();
    double threshold = Normalisation.threshold(whole.operatingPoint());
    return new OperatingPoint(subset, normalisation.scoreAt(threshold));
  }
}
