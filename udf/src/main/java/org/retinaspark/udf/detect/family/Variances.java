package org.retinaspark.udf.detect.family;

import java.io.Serializable;

/**
 * What the numbers of a network are multiplied by before they are used.
 *
 * @param centre distances between centres, in sides of the anchor
 * @param size logarithms of sides, in those of the anchor
 * @param landmark distances of landmarks and vertices from the anchor's centre, in sides of it
 */
public record Variances(float centre, float size, float landmark) implements Serializable {

  /** {@code variance} of {@code data/config.py} of biubug6/Pytorch_Retinaface. */
  public static final Variances USUAL = new Variances(0.1f, 0.2f, 0.1f);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is not a positive number
   */
  public Variances {
    for (float variance : new float[] {centre, size, landmark}) {
      if (!(variance > 0 && Float.isFinite(variance))) {
        throw new IllegalArgumentException(
            "variances are %s, %s and %s, but must be positive numbers"
                .formatted(centre, size, landmark));
      }
    }
  }
}
