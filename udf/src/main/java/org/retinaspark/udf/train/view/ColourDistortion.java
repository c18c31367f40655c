package org.retinaspark.udf.train.view;

import java.util.SplittableRandom;

/**
 * Other colours for a view: {@code _distort} of {@code data_augment.py} of
 * biubug6/Pytorch_Retinaface, which is that of SSD. All on levels from 0 to 255, cut off at both
 * ends and after each change to whole ones.
 *
 * @param brightness what is added to every level
 * @param contrast what every level is multiplied by
 * @param saturation what the saturation is multiplied by
 * @param hue what is added to the hue, in steps of two degrees
 * @param order whether contrast comes before hue and saturation or after
 */
public record ColourDistortion(
    float brightness, float contrast, float saturation, int hue, Order order) {

  /** When contrast is changed. */
  public enum Order {
    /** Brightness, contrast, saturation, hue. */
    CONTRAST_FIRST,
    /** Brightness, saturation, hue, contrast. */
    CONTRAST_LAST
  }

  /** The colours as they are. */
  public static final ColourDistortion NONE =
      new ColourDistortion(0, 1, 1, 0, Order.CONTRAST_FIRST);

  private static final int LEVELS = 256;
  private static final int CHANNELS = 3;
  private static final double MOST_BRIGHTNESS = 32;
  private static final double LEAST_FACTOR = 0.5;
  private static final double MOST_FACTOR = 1.5;
  private static final int MOST_HUE = 18;

  /** Each of the four is changed or not, by a coin. */
  static ColourDistortion drawn(SplittableRandom random) {
    return new ColourDistortion(
        random.nextBoolean() ? (float) random.nextDouble(-MOST_BRIGHTNESS, MOST_BRIGHTNESS) : 0,
        random.nextBoolean() ? (float) random.nextDouble(LEAST_FACTOR, MOST_FACTOR) : 1,
        random.nextBoolean() ? (float) random.nextDouble(LEAST_FACTOR, MOST_FACTOR) : 1,
        random.nextBoolean() ? random.nextInt(-MOST_HUE, MOST_HUE + 1) : 0,
        random.nextBoolean() ? Order.CONTRAST_FIRST : Order.CONTRAST_LAST);
  }

  /**
   * Changes colours. Hue and saturation are looked at only where they change, since to look at them
   * rounds.
   *
   * @param bgr pixels as unsigned bytes: blue, green, red of each
   */
  public void apply(byte[] bgr) {
    boolean first = order == Order.CONTRAST_FIRST;
    replace(bgr, levels(brightness, first ? contrast : 1));
    if (saturation != 1 || hue != 0) {
      HueSaturationValue colour = new HueSaturationValue();
      byte[] saturations = levels(0, saturation);
      for (int pixel = 0; pixel < bgr.length; pixel += CHANNELS) {
        colour.read(bgr, pixel);
        colour.turn(hue, saturations);
        colour.write(bgr, pixel);
      }
    }
    replace(bgr, levels(0, first ? 1 : contrast));
  }

  /** What each level becomes; fractions are dropped, as where an array of bytes takes floats. */
  private static byte[] levels(float added, float factor) {
    byte[] levels = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      int brighter = whole((double) level + added);
      levels[level] = (byte) whole(brighter * (double) factor);
    }
    return levels;
  }

  private static int whole(double level) {
    return (int) Math.max(0, Math.min(level, LEVELS - 1));
  }

  private static void replace(byte[] bgr, byte[] levels) {
    for (int at = 0; at < bgr.length; at++) {
      bgr[at] = levels[bgr[at] & 0xff];
    }
  }
}
