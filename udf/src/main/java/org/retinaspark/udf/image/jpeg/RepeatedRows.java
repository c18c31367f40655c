package org.retinaspark.udf.image.jpeg;

/**
 * A component of a JPEG with half the rows (4:4:0) that the decoder brought to full height by
 * repeating each row. The libjpeg 6b inside most JDKs does that; libjpeg-turbo, and a JDK that
 * links with it, interpolates. This makes the former look like the latter.
 *
 * @param width columns of the image
 * @param height rows of the image
 * @param components samples a pixel
 * @param component which of them
 */
record RepeatedRows(int width, int height, int components, int component) {

  /**
   * Interpolates as libjpeg-turbo's {@code h1v2_fancy_upsample} ({@code jdsample.c}) does: each row
   * is three quarters the nearer and one quarter the further stored row. Rows that are not repeated
   * stay as they are. Should an interpolated image happen to have only equal pairs of rows, then
   * these are its stored rows, and interpolating them again changes nothing.
   *
   * @param samples all components of the image, changed in place
   */
  void smooth(byte[] samples) {
    if (!repeated(samples)) {
      return;
    }
    int stride = width * components;
    int[] above = row(samples, 0);
    int[] here = above;
    for (int y = 0; y < height; y += 2) {
      int[] below = y + 2 < height ? row(samples, y + 2) : here;
      int at = y * stride + component;
      for (int x = 0; x < width; x++, at += components) {
        samples[at] = (byte) ((3 * here[x] + above[x] + 1) >> 2);
        if (y + 1 < height) {
          samples[at + stride] = (byte) ((3 * here[x] + below[x] + 2) >> 2);
        }
      }
      above = here;
      here = below;
    }
  }

  private boolean repeated(byte[] samples) {
    int stride = width * components;
    for (int y = 0; y + 1 < height; y += 2) {
      int at = y * stride + component;
      for (int x = 0; x < width; x++, at += components) {
        if (samples[at] != samples[at + stride]) {
          return false;
        }
      }
    }
    return true;
  }

  private int[] row(byte[] samples, int y) {
    int[] row = new int[width];
    int at = y * width * components + component;
    for (int x = 0; x < width; x++, at += components) {
      row[x] = Byte.toUnsignedInt(samples[at]);
    }
    return row;
  }
}
