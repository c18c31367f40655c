package org.retinaspark.job.train.fit;

import org.retinaspark.io.samples.SampleShape;

/**
 * Sums of each anchor of a cell, over all samples that have the target: their number, their weight
 * w, and wx and wxx of each feature x.
 */
record MomentSum(SampleShape shape, Target target) implements RowSum {

  /** Number and weight. */
  static final int HEAD = 2;

  @Override
  public int length() {
    return shape.anchors() * lengthOfAnchor();
  }

  int lengthOfAnchor() {
    return HEAD + 2 * shape.channels();
  }

  @Override
  public void add(ImageRows rows, double[] sum) {
    double[] x = new double[shape.channels() + 1];
    for (int row = 0; row < rows.count(); row++) {
      if (target.encode(rows, row) != null) {
        rows.features(row, x);
        int at = rows.anchor(row) * lengthOfAnchor();
        double weight = rows.weight(row);
        sum[at]++;
        sum[at + 1] += weight;
        for (int channel = 0; channel < shape.channels(); channel++) {
          double share = weight * x[channel];
          sum[at + HEAD + channel] += share;
          sum[at + HEAD + shape.channels() + channel] += share * x[channel];
        }
      }
    }
  }
}
