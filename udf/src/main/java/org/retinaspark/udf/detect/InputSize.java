package org.retinaspark.udf.detect;

import java.io.Serializable;

/**
 * The tensor sizes that a model declares for its input.
 *
 * @param batch the declared batch size, or {@link #DYNAMIC}
 * @param height the declared height in pixels, or {@link #DYNAMIC}
 * @param width the declared width in pixels, or {@link #DYNAMIC}
 * @param multiple height and width must be multiples of it; 1 where any size will do
 */
public record InputSize(int batch, int height, int width, int multiple) implements Serializable {

  /** A dimension that may have any size. */
  public static final int DYNAMIC = -1;

  /**
   * Checks the multiple.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public InputSize {
    if (multiple < 1) {
      throw new IllegalArgumentException("multiple must be at least 1, not " + multiple);
    }
  }

  /** The same for sides that are multiples of another number. */
  public InputSize inMultiplesOf(int number) {
    return new InputSize(batch, height, width, number);
  }

  /** The most images that one run may take; {@link Integer#MAX_VALUE} where the model is open. */
  public int batchLimit() {
    return batch == DYNAMIC ? Integer.MAX_VALUE : batch;
  }

  @Override
  public String toString() {
    return "[" + word(batch) + ", 3, " + word(height) + ", " + word(width) + "]";
  }

  /** The smallest allowed tensor side that holds so many pixels. */
  int roundUp(int side) {
    return Math.multiplyExact(((side + multiple - 1) / multiple), multiple);
  }

  /** A dimension for people. */
  public static String word(int dimension) {
    return dimension == DYNAMIC ? "any" : Integer.toString(dimension);
  }
}
