package org.retinaspark.job.train.fit;

import org.retinaspark.udf.detect.MeshTopology;

/**
 * How the head of meshes is fitted.
 *
 * @param topology of the labels
 * @param coefficients of a face, at most
 * @param ridge relative to the mean square of a feature
 */
public record MeshSettings(MeshTopology topology, int coefficients, double ridge) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no coefficient or the ridge is none
   */
  public MeshSettings {
    if (coefficients < 1 || !(ridge >= 0 && ridge < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a mesh of %d coefficients with a ridge of %s can't be fitted: give 1 coefficient or"
                  .formatted(coefficients, ridge)
              + " more, and a ridge of 0 or more");
    }
  }
}
