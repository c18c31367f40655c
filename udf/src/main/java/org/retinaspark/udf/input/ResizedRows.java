package org.retinaspark.udf.input;

import org.retinaspark.udf.image.Pixels;

/**
 * The rows of an image resized by bilinear interpolation with half-pixel centres, rounded to whole
 * levels, as OpenCV's {@code INTER_LINEAR} resizes an image of bytes. Blends two rows first and
 * then columns, the other way round than OpenCV: sums of whole numbers are the same in any order,
 * and rows lie one after the other in memory.
 */
final class ResizedRows implements TensorWriter.RowSource {

  /** Binary digits of a weight, as in OpenCV. */
  private static final int BITS = 11;

  private static final int ONE = 1 << BITS;

  /** Both weights are multiplied into a level; a product is below 2^30. */
  private static final int SHIFT = 2 * BITS;

  private static final int HALF = 1 << (SHIFT - 1);

  private final byte[] bgr;
  private final int stride;
  private final LinearResize across;
  private final LinearResize down;
  private final int[] weights;
  private final int[] blended;

  /** An image at the size of its content, mirrored or not. */
  ResizedRows(Pixels image, LinearResize across, LinearResize down) {
    this.bgr = image.bgr();
    this.stride = image.width() * Pixels.CHANNELS;
    this.across = across;
    this.down = down;
    this.weights = new int[across.shares().length];
    for (int column = 0; column < weights.length; column++) {
      weights[column] = weight(across.share(column));
    }
    this.blended = new int[stride];
  }

  @Override
  public void copy(int row, byte[] target) {
    blend(down.first(row) * stride, down.second(row) * stride, weight(down.share(row)));
    int[] lefts = across.lefts();
    int[] rights = across.rights();
    for (int column = 0, to = 0; column < weights.length; column++, to += Pixels.CHANNELS) {
      int left = lefts[column] * Pixels.CHANNELS;
      int right = rights[column] * Pixels.CHANNELS;
      int rightWeight = weights[column];
      int leftWeight = ONE - rightWeight;
      target[to] = level(blended[left] * leftWeight + blended[right] * rightWeight);
      target[to + 1] = level(blended[left + 1] * leftWeight + blended[right + 1] * rightWeight);
      target[to + 2] = level(blended[left + 2] * leftWeight + blended[right + 2] * rightWeight);
    }
  }

  /** A share in whole {@link #ONE}ths. */
  private static int weight(float share) {
    return Math.round(share * ONE);
  }

  private static byte level(int product) {
    return (byte) ((product + HALF) >> SHIFT);
  }

  private void blend(int upper, int lower, int lowerWeight) {
    int upperWeight = ONE - lowerWeight;
    for (int index = 0; index < blended.length; index++) {
      blended[index] =
          (bgr[upper + index] & 0xff) * upperWeight + (bgr[lower + index] & 0xff) * lowerWeight;
    }
  }
}
