package org.retinaspark.udf.input;

/**
 * The taps of a linear resize along one axis: target sample i lies at {@code (i + 0.5) * source /
 * target - 0.5} among the source samples, held inside them at the ends.
 */
record LinearResize(int[] lefts, int[] rights, int[] weights) {

  /** Binary digits of a weight, as in OpenCV. */
  static final int BITS = 11;

  /** The whole of a weight. */
  static final int ONE = 1 << BITS;

  static LinearResize between(int source, int target) {
    int[] lefts = new int[target];
    int[] rights = new int[target];
    int[] weights = new int[target];
    double step = (double) source / target;
    for (int index = 0; index < target; index++) {
      double position = Math.max(0, Math.min((index + 0.5) * step - 0.5, source - 1));
      lefts[index] = (int) position;
      rights[index] = Math.min(lefts[index] + 1, source - 1);
      weights[index] = (int) Math.rint((position - lefts[index]) * ONE);
    }
    return new LinearResize(lefts, rights, weights);
  }

  int first(int index) {
    return lefts[index];
  }

  int second(int index) {
    return rights[index];
  }

  /** The share of the second sample, from 0 to {@link #ONE}. */
  int weight(int index) {
    return weights[index];
  }
}
