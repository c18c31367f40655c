package org.retinaspark.job.measures;

import java.io.Serializable;

/**
 * The smallest and the largest score of a whole set, by which the official tool normalises. Update,
 * merge, result; immutable.
 *
 * @param min smallest score; +infinity while {@code count} is 0
 * @param max largest score; -infinity while {@code count} is 0
 * @param count scores seen
 */
public record ScoreRange(double min, double max, long count) implements Serializable {

  /** Of no scores. */
  public static final ScoreRange EMPTY =
      new ScoreRange(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0);

  /** MATLAB's {@code realmin('single')}, with which the official maximum starts. */
  private static final float REALMIN_SINGLE = Float.MIN_NORMAL;

  /** The range with an image's scores. */
  public ScoreRange update(double[] scores) {
    double low = min;
    double high = max;
    for (double score : scores) {
      low = Math.min(low, score);
      high = Math.max(high, score);
    }
    return new ScoreRange(low, high, count + scores.length);
  }

  /** The range of both. */
  public ScoreRange merge(ScoreRange other) {
    return new ScoreRange(Math.min(min, other.min), Math.max(max, other.max), count + other.count);
  }

  /**
   * The normalisation that the official code makes of this range. MATLAB starts the maximum with
   * {@code realmin('single')} and the minimum with {@code realmax('single')}, which also makes both
   * single precision ({@code norm_score.m}); the Python port starts with 0 and 1.
   *
   * @throws EvaluationException in {@link Dialect#PYTHON}, where there is no score, or only one
   *     value: the port would divide by zero
   */
  public Normalisation normalisation(Dialect dialect) {
    if (dialect != Dialect.PYTHON) {
      float low = (float) Math.min(min, Float.MAX_VALUE);
      float high = Math.max((float) max, REALMIN_SINGLE);
      return new Normalisation(dialect, low, high);
    }
    if (count == 0) {
      throw new EvaluationException(
          "there are no detections at all, and the python dialect has no score range to normalise"
              + " by; use the dialect matlab-double, in which the AP is 0");
    }
    double low = Math.min(1, min);
    double high = Math.max(0, max);
    if (low == high) {
      throw new EvaluationException(
          "all %d scores are %s, so the python dialect's normalisation divides by zero; detections need at least two distinct scores"
              .formatted(count, low));
    }
    return new Normalisation(dialect, low, high);
  }
}
