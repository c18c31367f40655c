package org.retinaspark.job.train.loss;

/**
 * Smooth L1, summed over the numbers of an anchor: {@code d * d / (2 * beta)} where a number misses
 * its target by d, up to beta, and beyond {@code |d| - beta / 2} (Girshick, "Fast R-CNN", 2015,
 * equation 3).
 *
 * @param values numbers an anchor
 * @param beta where it turns from square to straight
 */
public record SmoothL1(int values, double beta) implements Loss {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one isn't positive
   */
  public SmoothL1 {
    if (values < 1 || !(beta > 0)) {
      throw new IllegalArgumentException(
          "smooth L1 of %d values and beta %s: both must be positive".formatted(values, beta));
    }
  }

  /** As {@code MultiBoxLoss} of biubug6/Pytorch_Retinaface has it: beta is 1. */
  public static SmoothL1 of(int values) {
    return new SmoothL1(values, 1);
  }

  @Override
  public double add(
      double[] predicted, int from, float[] target, double weight, double[] gradient) {
    double loss = 0;
    for (int value = 0; value < values; value++) {
      double miss = predicted[from + value] - target[value];
      double size = Math.abs(miss);
      if (size < beta) {
        loss += miss * miss / (2 * beta);
        gradient[from + value] += weight * miss / beta;
      } else {
        loss += size - beta / 2;
        gradient[from + value] += weight * Math.signum(miss);
      }
    }
    return weight * loss;
  }
}
