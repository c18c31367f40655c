package org.retinaspark.udf.train.sampling;

import java.io.Serializable;

/**
 * How many samples are taken.
 *
 * @param positivesAFace anchors of a face in a view, at most: those of the largest IoU, so that one
 *     face that fills a view doesn't count a thousand times
 * @param negativesAPositive negatives for each positive of a view, the hardest
 * @param negativesAView negatives of a view, at least, the hardest
 * @param randomASize negatives of each level and size of anchor of a view beside those, by chance
 */
public record SampleCounts(
    int positivesAFace, int negativesAPositive, int negativesAView, int randomASize)
    implements Serializable {

  private static final int MOST = 100_000;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that can't be meant
   */
  public SampleCounts {
    if (positivesAFace < 1) {
      throw new IllegalArgumentException(
          "positives a face are %d, but must be at least 1".formatted(positivesAFace));
    }
    requireCount("negatives a positive", negativesAPositive);
    requireCount("negatives a view", negativesAView);
    requireCount("random negatives a size", randomASize);
  }

  private static void requireCount(String name, int count) {
    if (count < 0 || count > MOST) {
      throw new IllegalArgumentException(
          "%s are %d, but must be from 0 to %d".formatted(name, count, MOST));
    }
  }

  /** The hardest negatives of a view with so many positives. */
  int hardest(int positives) {
    return Math.max(negativesAView, Math.multiplyExact(negativesAPositive, positives));
  }
}
