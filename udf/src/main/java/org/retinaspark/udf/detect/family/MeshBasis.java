package org.retinaspark.udf.detect.family;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A linear basis of meshes: vertices are mean + coefficients * basis.
 *
 * @param mean {@code [3 * vertices]}: x, y, z of each in turn; shared, not copied
 * @param basis {@code [coefficients, 3 * vertices]}, likewise
 */
public record MeshBasis(float[] mean, float[] basis) implements Serializable {

  /**
   * The most numbers of a basis, 64 MB: a thousand times what meshes of five hundred vertices take.
   */
  public static final int MOST_NUMBERS = 1 << 24;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the lengths contradict each other, if there are too many
   *     numbers, or one that is not finite
   */
  public MeshBasis {
    if (mean.length == 0
        || basis.length == 0
        || basis.length % mean.length != 0
        || basis.length > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "a mean of %d numbers and a basis of %d, which must be a multiple of that up to %d"
              .formatted(mean.length, basis.length, MOST_NUMBERS));
    }
    if (!isFinite(mean) || !isFinite(basis)) {
      throw new IllegalArgumentException("a basis of meshes with a number that is not finite");
    }
  }

  private static boolean isFinite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  /** Coefficients of a mesh. */
  public int coefficients() {
    return basis.length / mean.length;
  }

  /**
   * The vertices of a mesh.
   *
   * @param coefficients as many as there are
   * @return {@code [3 * vertices]}
   */
  public float[] vertices(float[] coefficients) {
    float[] vertices = mean.clone();
    for (int row = 0; row < coefficients.length; row++) {
      float coefficient = coefficients[row];
      int start = row * vertices.length;
      for (int at = 0; at < vertices.length; at++) {
        vertices[at] += coefficient * basis[start + at];
      }
    }
    return vertices;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MeshBasis same
        && Arrays.equals(mean, same.mean)
        && Arrays.equals(basis, same.basis);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(basis);
  }

  /** In a line: its numbers say little. */
  @Override
  public String toString() {
    return "basis of " + coefficients();
  }
}
