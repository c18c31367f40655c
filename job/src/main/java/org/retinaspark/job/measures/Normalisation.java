package org.retinaspark.job.measures;

import java.io.Serializable;

/**
 * Maps scores to [0, 1] and on to the thousand thresholds of the official tool, {@code 1 - t/1000}
 * for t from 1 to 1000.
 *
 * @param dialect decides the precision: single in MATLAB, double in Python
 * @param min the score that becomes 0
 * @param max the score that becomes 1
 */
public record Normalisation(Dialect dialect, double min, double max) implements Serializable {

  /** Thresholds of {@code evaluation.m}. */
  public static final int THRESHOLDS = 1000;

  /** The bin of a score that reaches no threshold. */
  static final int NEVER = THRESHOLDS;

  /** The score in [0, 1]; NaN where the range is empty, as in MATLAB. */
  public double normalise(double score) {
    if (dialect == Dialect.PYTHON) {
      return (score - min) / (max - min);
    }
    return ((float) score - (float) min) / ((float) max - (float) min);
  }

  /** The score that {@link #normalise} makes a threshold of. */
  public double scoreAt(double threshold) {
    return min + threshold * (max - min);
  }

  /**
   * The index, from 0, of the first (highest) threshold that a score reaches, else {@link #NEVER}.
   */
  public int bin(double score) {
    double normalised = normalise(score);
    if (!(normalised >= 0)) {
      return NEVER;
    }
    int index = (int) Math.ceil((1 - normalised) * THRESHOLDS) - 1;
    index = Math.max(0, Math.min(THRESHOLDS - 1, index));
    while (index > 0 && normalised >= threshold(index - 1)) {
      index--;
    }
    while (index < THRESHOLDS && normalised < threshold(index)) {
      index++;
    }
    return index;
  }

  /** The threshold of an index from 0 to 999: {@code 1 - (index + 1) / 1000}. */
  public static double threshold(int index) {
    return 1 - (index + 1) / (double) THRESHOLDS;
  }
}
