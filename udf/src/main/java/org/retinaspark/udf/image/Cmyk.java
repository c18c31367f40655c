package org.retinaspark.udf.image;

/** Inks to light, without a colour profile. */
public final class Cmyk {

  private static final int INKS = 4;
  private static final int MAX = 255;

  private Cmyk() {}

  /**
   * BGR of inverted inks (0 is full ink, 255 none), which is what four-component JPEGs hold:
   * OpenCV's {@code icvCvt_CMYK2BGR_8u_C4C3R}, applied whether or not the file has an Adobe marker.
   *
   * @param cmyk cyan, magenta, yellow, black of each pixel
   * @param length how many of the array's bytes count
   */
  public static byte[] invertedToBgr(byte[] cmyk, int length) {
    byte[] bgr = new byte[length / INKS * Pixels.CHANNELS];
    for (int from = 0, to = 0; to < bgr.length; from += INKS, to += Pixels.CHANNELS) {
      int black = cmyk[from + 3] & MAX;
      bgr[to] = inverted(cmyk[from + 2] & MAX, black);
      bgr[to + 1] = inverted(cmyk[from + 1] & MAX, black);
      bgr[to + 2] = inverted(cmyk[from] & MAX, black);
    }
    return bgr;
  }

  private static byte inverted(int ink, int black) {
    return (byte) (black - (((MAX - ink) * black) >> 8));
  }

  /**
   * One channel of light that inks leave (0 is no ink, 255 full), as TIFF stores them: libtiff's
   * {@code putRGBcontig8bitCMYKtile}.
   */
  public static byte light(int ink, int black) {
    return (byte) ((MAX - black) * (MAX - ink) / MAX);
  }
}
