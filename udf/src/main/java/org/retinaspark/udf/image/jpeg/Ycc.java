package org.retinaspark.udf.image.jpeg;

/**
 * Luminance and chrominance to light: the fixed-point arithmetic of libjpeg's {@code jdcolor.c},
 * which libjpeg-turbo's SIMD code reproduces bit for bit.
 */
final class Ycc {

  private static final int LEVELS = 256;
  private static final int CENTRE = 128;
  private static final int MAX = 255;
  private static final int SCALE_BITS = 16;
  private static final int HALF = 1 << (SCALE_BITS - 1);

  private static final int[] RED_OF_CR = new int[LEVELS];
  private static final int[] BLUE_OF_CB = new int[LEVELS];
  private static final int[] GREEN_OF_CR = new int[LEVELS];
  private static final int[] GREEN_OF_CB = new int[LEVELS];

  static {
    for (int i = 0; i < LEVELS; i++) {
      int x = i - CENTRE;
      RED_OF_CR[i] = (fixed(1.40200) * x + HALF) >> SCALE_BITS;
      BLUE_OF_CB[i] = (fixed(1.77200) * x + HALF) >> SCALE_BITS;
      GREEN_OF_CR[i] = -fixed(0.71414) * x;
      GREEN_OF_CB[i] = -fixed(0.34414) * x + HALF;
    }
  }

  private Ycc() {}

  private static int fixed(double factor) {
    return (int) (factor * (1 << SCALE_BITS) + 0.5);
  }

  /** Turns Y, Cb, Cr of each pixel into blue, green, red, in place. */
  static void toBgr(byte[] samples) {
    for (int i = 0; i + 2 < samples.length; i += 3) {
      int y = samples[i] & MAX;
      int cb = samples[i + 1] & MAX;
      int cr = samples[i + 2] & MAX;
      samples[i] = clamp(y + BLUE_OF_CB[cb]);
      samples[i + 1] = clamp(y + ((GREEN_OF_CB[cb] + GREEN_OF_CR[cr]) >> SCALE_BITS));
      samples[i + 2] = clamp(y + RED_OF_CR[cr]);
    }
  }

  /** Turns Y, Cb, Cr, K of each pixel into cyan, magenta, yellow, K, in place. */
  static void toCmyk(byte[] samples) {
    for (int i = 0; i + 3 < samples.length; i += 4) {
      int y = samples[i] & MAX;
      int cb = samples[i + 1] & MAX;
      int cr = samples[i + 2] & MAX;
      samples[i] = clamp(MAX - (y + RED_OF_CR[cr]));
      samples[i + 1] = clamp(MAX - (y + ((GREEN_OF_CB[cb] + GREEN_OF_CR[cr]) >> SCALE_BITS)));
      samples[i + 2] = clamp(MAX - (y + BLUE_OF_CB[cb]));
    }
  }

  private static byte clamp(int value) {
    return (byte) Math.max(0, Math.min(MAX, value));
  }
}
