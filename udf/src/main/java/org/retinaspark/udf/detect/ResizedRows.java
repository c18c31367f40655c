package org.retinaspark.udf.detect;

/**
 * An image's rows resized along x, as planes of blue, green and red side by side. Keeps the last
 * two, since each is asked for again by the next output row of a vertical interpolation.
 */
final class ResizedRows {

  private final Pixels image;
  private final LinearResize across;
  private final float[][] rows;
  private final int[] held = {-1, -1};

  ResizedRows(Pixels image, LinearResize across) {
    this.image = image;
    this.across = across;
    this.rows = new float[2][Pixels.CHANNELS * across.lefts().length];
  }

  /** A row of the image, {@code [3, target width]}; valid until two others are asked for. */
  float[] row(int row) {
    // Neighbouring rows differ in parity, so that the two of an interpolation never share a slot.
    int slot = row & 1;
    if (held[slot] != row) {
      resize(row, rows[slot]);
      held[slot] = row;
    }
    return rows[slot];
  }

  private void resize(int row, float[] target) {
    byte[] bgr = image.bgr();
    int start = row * image.width() * Pixels.CHANNELS;
    int width = across.lefts().length;
    for (int column = 0; column < width; column++) {
      int left = start + across.first(column) * Pixels.CHANNELS;
      int right = start + across.second(column) * Pixels.CHANNELS;
      float weight = across.weight(column);
      for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
        int near = bgr[left + channel] & 0xff;
        int far = bgr[right + channel] & 0xff;
        target[channel * width + column] = near + (far - near) * weight;
      }
    }
  }
}
