package org.retinaspark.udf.detect;

import java.io.Serializable;

/**
 * The tensor sizes that a model declares for its input, whatever its {@link TensorLayout}.
 *
 * @param batch the declared batch size, or {@link #DYNAMIC}
 * @param height the declared height in pixels, or {@link #DYNAMIC}
 * @param width the declared width in pixels, or {@link #DYNAMIC}
 */
public record InputSize(int batch, int height, int width) implements Serializable {

  /** A dimension that may have any size. */
  public static final int DYNAMIC = -1;

  /** Whether a tensor of this height and width may be given to the model. */
  public boolean accepts(int tensorHeight, int tensorWidth) {
    return (height == DYNAMIC || height == tensorHeight)
        && (width == DYNAMIC || width == tensorWidth);
  }

  /** The most images that one run may take; {@link Integer#MAX_VALUE} where the model is open. */
  public int batchLimit() {
    return batch == DYNAMIC ? Integer.MAX_VALUE : batch;
  }

  @Override
  public String toString() {
    return "[" + word(batch) + ", 3, " + word(height) + ", " + word(width) + "]";
  }

  static String word(int dimension) {
    return dimension == DYNAMIC ? "any" : Integer.toString(dimension);
  }
}
