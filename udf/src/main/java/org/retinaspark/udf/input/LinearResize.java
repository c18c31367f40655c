package org.retinaspark.udf.input;

/**
 * The taps of a linear resize along one axis: target sample i lies at {@code (i + 0.5) * source /
 * target - 0.5} among the source samples, held inside them at the ends. Positions are exact, as in
 * OpenCV 5; where OpenCV 4 has them as floats, levels of images of 2000 pixels are off by up to
 * 0.03.
 *
 * @param lefts the first of the two samples that each target sample lies between
 * @param rights the second
 * @param shares of the second, from 0 to 1
 */
record LinearResize(int[] lefts, int[] rights, float[] shares) {

  static LinearResize between(int source, int target) {
    int[] lefts = new int[target];
    int[] rights = new int[target];
    float[] shares = new float[target];
    double step = (double) source / target;
    for (int index = 0; index < target; index++) {
      double position = Math.max(0, Math.min((index + 0.5) * step - 0.5, source - 1));
      lefts[index] = (int) position;
      rights[index] = Math.min(lefts[index] + 1, source - 1);
      shares[index] = (float) (position - lefts[index]);
    }
    return new LinearResize(lefts, rights, shares);
  }

  /** The same taps for the target turned round. */
  LinearResize mirrored() {
    int target = lefts.length;
    LinearResize turned = new LinearResize(new int[target], new int[target], new float[target]);
    for (int index = 0; index < target; index++) {
      turned.lefts[index] = lefts[target - 1 - index];
      turned.rights[index] = rights[target - 1 - index];
      turned.shares[index] = shares[target - 1 - index];
    }
    return turned;
  }

  int first(int index) {
    return lefts[index];
  }

  int second(int index) {
    return rights[index];
  }

  /** The share of the second sample, from 0 to 1. */
  float share(int index) {
    return shares[index];
  }
}
