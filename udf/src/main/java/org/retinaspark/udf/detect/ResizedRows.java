package org.retinaspark.udf.detect;

/**
 * The rows of an image resized by bilinear interpolation with half-pixel centres (OpenCV's {@code
 * INTER_LINEAR}, ONNX's {@code half_pixel}), rounded to whole levels as OpenCV's are. Keeps the
 * last two rows resized along x, since each is asked for again by the next output row.
 */
final class ResizedRows implements TensorWriter.RowSource {

  /** Both weights are multiplied into a level; a product is below 2^30. */
  private static final int SHIFT = 2 * LinearResize.BITS;

  private static final int HALF = 1 << (SHIFT - 1);

  private final Pixels image;
  private final LinearResize across;
  private final LinearResize down;
  private final int[][] rows;
  private final int[] held = {-1, -1};

  ResizedRows(Pixels image, int width, int height) {
    this.image = image;
    this.across = LinearResize.between(image.width(), width);
    this.down = LinearResize.between(image.height(), height);
    this.rows = new int[2][Pixels.CHANNELS * width];
  }

  @Override
  public void copy(int row, byte[] bgr) {
    int[] upper = row(down.first(row));
    int[] lower = row(down.second(row));
    int lowerWeight = down.weight(row);
    int upperWeight = LinearResize.ONE - lowerWeight;
    for (int index = 0; index < upper.length; index++) {
      int sum = upper[index] * upperWeight + lower[index] * lowerWeight + HALF;
      bgr[index] = (byte) (sum >> SHIFT);
    }
  }

  /** A row of the image resized along x; valid until two others are asked for. */
  private int[] row(int row) {
    // Neighbouring rows differ in parity, so that the two of an interpolation never share a slot.
    int slot = row & 1;
    if (held[slot] != row) {
      resize(row, rows[slot]);
      held[slot] = row;
    }
    return rows[slot];
  }

  private void resize(int row, int[] target) {
    byte[] bgr = image.bgr();
    int start = row * image.width() * Pixels.CHANNELS;
    for (int column = 0, to = 0; to < target.length; column++) {
      int left = start + across.first(column) * Pixels.CHANNELS;
      int right = start + across.second(column) * Pixels.CHANNELS;
      int rightWeight = across.weight(column);
      int leftWeight = LinearResize.ONE - rightWeight;
      for (int channel = 0; channel < Pixels.CHANNELS; channel++, to++) {
        target[to] =
            (bgr[left + channel] & 0xff) * leftWeight + (bgr[right + channel] & 0xff) * rightWeight;
      }
    }
  }
}
