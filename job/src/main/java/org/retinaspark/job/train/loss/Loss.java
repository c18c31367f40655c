package org.retinaspark.job.train.loss;

import java.io.Serializable;

/** What is lost where one anchor's prediction misses its target. */
public interface Loss extends Serializable {

  /** Numbers that are predicted for an anchor. */
  int values();

  /**
   * Adds the gradient of a weighted loss, and gives its value.
   *
   * @param predicted from {@code from} on the predicted numbers of the anchor
   * @param from index of the first of them, in {@code predicted} and {@code gradient}
   * @param target of the anchor, from index 0 on
   * @param weight what loss and gradient are multiplied by
   * @param gradient gets the derivatives added
   * @return weight * loss
   */
  double add(double[] predicted, int from, float[] target, double weight, double[] gradient);
}
