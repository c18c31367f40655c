package org.retinaspark.job.measures;

/**
 * Landmark errors of a set.
 *
 * @param norm what errors are divided by
 * @param labelled faces with annotated landmarks
 * @param measured those of them that were found with landmarks
 * @param nme mean normalised error of the measured, as a fraction; NaN where there are none
 * @param cumulative {@code [200]}: the share of the measured with an error of at most 0.1%, 0.2%,
 *     ... 20%: the cumulative error distribution (CED)
 */
public record LandmarkMetrics(
    LandmarkErrors.Norm norm, long labelled, long measured, double nme, double[] cumulative) {

  private static final int TEN_PERCENT = 99;

  /** The error, as a fraction of the norm, of a share in {@link #cumulative}. */
  public static double error(int index) {
    return LandmarkErrors.STEP * (index + 1);
  }

  /** The share of the measured faces whose error is more than 10%; NaN where there are none. */
  public double failureRate() {
    return measured == 0 ? Double.NaN : 1 - cumulative[TEN_PERCENT];
  }
}
