package org.retinaspark.job.train.loss;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Online hard example mining (section 4.2 of the paper; {@code MultiBoxLoss} of
 * biubug6/Pytorch_Retinaface, where the ratio is 7): of all negatives only those that lose most
 * count, so many for each positive.
 *
 * @param ratio negatives a positive
 */
public record HardNegatives(int ratio) {

  /** As the paper has it: three negatives a positive. */
  public static final HardNegatives PAPER = new HardNegatives(3);

  /**
   * Checks the ratio.
   *
   * @throws IllegalArgumentException if it isn't positive
   */
  public HardNegatives {
    if (ratio < 1) {
      throw new IllegalArgumentException(
          "%d negatives a positive teach nothing of background: give at least 1".formatted(ratio));
    }
  }

  /**
   * The negatives that count.
   *
   * @param losses of the negatives; of equal ones the earlier counts first
   * @param positives that there are
   * @return their indices, rising
   */
  public int[] of(double[] losses, int positives) {
    long wanted = (long) ratio * positives;
    if (wanted >= losses.length) {
      return IntStream.range(0, losses.length).toArray();
    }
    return IntStream.range(0, losses.length)
        .boxed()
        .sorted(Comparator.comparingDouble(negative -> -losses[negative]))
        .limit(wanted)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
