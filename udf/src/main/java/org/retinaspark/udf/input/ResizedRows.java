package org.retinaspark.udf.input;

import org.retinaspark.udf.image.Pixels;

/**
 * The rows of an image resized by bilinear interpolation with half-pixel centres (OpenCV's {@code
 * INTER_LINEAR}, ONNX's {@code half_pixel}), rounded to whole levels as OpenCV's are. Blends two
 * rows first and then columns, the other way round than OpenCV: sums of whole numbers are the same
 * in any order, and rows lie one after the other in memory.
 */
final class ResizedRows implements TensorWriter.RowSource {

  /** Both weights are multiplied into a level; a product is below 2^30. */
  private static final int SHIFT = 2 * LinearResize.BITS;

  private static final int HALF = 1 << (SHIFT - 1);

  private final byte[] bgr;
  private final int stride;
  private final LinearResize across;
  private final LinearResize down;
  private final int[] blended;

  ResizedRows(Pixels image, int width, int height) {
    this.bgr = image.bgr();
    this.stride = image.width() * Pixels.CHANNELS;
    this.across = LinearResize.between(image.width(), width);
    this.down = LinearResize.between(image.height(), height);
    this.blended = new int[stride];
  }

  @Override
  public void copy(int row, byte[] target) {
    blend(down.first(row) * stride, down.second(row) * stride, down.weight(row));
    int[] lefts = across.lefts();
    int[] rights = across.rights();
    int[] weights = across.weights();
    for (int column = 0, to = 0; column < weights.length; column++, to += Pixels.CHANNELS) {
      int left = lefts[column] * Pixels.CHANNELS;
      int right = rights[column] * Pixels.CHANNELS;
      int rightWeight = weights[column];
      int leftWeight = LinearResize.ONE - rightWeight;
      target[to] = level(blended[left] * leftWeight + blended[right] * rightWeight);
      target[to + 1] = level(blended[left + 1] * leftWeight + blended[right + 1] * rightWeight);
      target[to + 2] = level(blended[left + 2] * leftWeight + blended[right + 2] * rightWeight);
    }
  }

  private static byte level(int product) {
    return (byte) ((product + HALF) >> SHIFT);
  }

  private void blend(int upper, int lower, int lowerWeight) {
    int upperWeight = LinearResize.ONE - lowerWeight;
    for (int index = 0; index < blended.length; index++) {
      blended[index] =
          (bgr[upper + index] & 0xff) * upperWeight + (bgr[lower + index] & 0xff) * lowerWeight;
    }
  }
}
