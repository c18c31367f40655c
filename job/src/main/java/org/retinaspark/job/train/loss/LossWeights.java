package org.retinaspark.job.train.loss;

import java.io.Serializable;

/**
 * What the losses of the heads are multiplied by beside that of the class, which counts as it is.
 *
 * @param box lambda 1
 * @param landmarks lambda 2
 * @param mesh lambda 3
 */
public record LossWeights(double box, double landmarks, double mesh) implements Serializable {

  /** Lambda 1 to 3 of the paper (section 3.1). */
  public static final LossWeights PAPER = new LossWeights(0.25, 0.1, 0.01);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public LossWeights {
    for (double weight : new double[] {box, landmarks, mesh}) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "losses of box, landmarks and mesh can't weigh %s, %s and %s: give numbers from 0 on"
                .formatted(box, landmarks, mesh));
      }
    }
  }
}
