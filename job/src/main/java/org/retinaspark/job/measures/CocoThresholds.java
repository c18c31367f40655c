package org.retinaspark.job.measures;

/**
 * The thresholds of COCO's evaluation, computed as numpy's {@code linspace} does, to the last bit.
 */
final class CocoThresholds {

  /** Overlap thresholds, 0.5 to 0.95. */
  static final int OVERLAPS = 10;

  /** Recall thresholds, 0 to 1. */
  static final int RECALLS = 101;

  private static final double FIRST = 0.5;
  private static final double LAST = 0.95;
  private static final double ALMOST_ONE = 1 - 1e-10;

  private CocoThresholds() {}

  static double overlap(int index) {
    double value = index == OVERLAPS - 1 ? LAST : index * ((LAST - FIRST) / (OVERLAPS - 1)) + FIRST;
    return Math.min(value, ALMOST_ONE);
  }

  static double recall(int index) {
    return index == RECALLS - 1 ? 1 : index * (1.0 / (RECALLS - 1));
  }

  /** The last recall threshold that a recall reaches. */
  static int reached(double recall) {
    int index = Math.min(RECALLS - 1, (int) (recall * (RECALLS - 1)));
    while (index + 1 < RECALLS && recall(index + 1) <= recall) {
      index++;
    }
    while (index > 0 && recall(index) > recall) {
      index--;
    }
    return index;
  }
}
