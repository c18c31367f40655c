package org.retinaspark.udf.heads;

import org.retinaspark.udf.detect.MeshTopology;

/**
 * A head of meshes: vertices are mean + coefficients * basis.
 *
 * @param topology what the vertices are
 * @param mean {@code [3 * vertices]}: x, y, z of each in turn, relative to what landmarks are
 * @param basis {@code [k, 3 * vertices]}, likewise
 * @param coefficients of an anchor; their number k is its {@code values}
 */
public record MeshHead(
    MeshTopology topology, float[] mean, float[] basis, LinearHead coefficients) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  public MeshHead {
    int coordinates = MeshTopology.AXES * topology.vertices();
    if (mean.length != coordinates || basis.length != (long) coefficients.values() * coordinates) {
      throw new IllegalArgumentException(
          "a mesh head for %s with %d coefficients has a mean of %d and a basis of %d numbers"
              .formatted(topology, coefficients.values(), mean.length, basis.length));
    }
  }
}
