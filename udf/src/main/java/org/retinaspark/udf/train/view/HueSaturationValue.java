package org.retinaspark.udf.train.view;

/**
 * One colour as hue, saturation and value in bytes, as OpenCV's {@code cvtColor} has them: hue from
 * 0 to 179 in steps of two degrees, the others from 0 to 255.
 */
final class HueSaturationValue {

  private static final int HUES = 180;
  private static final int SECTORS = 6;
  private static final float MOST = 255;

  /** Numbers are multiplied by 2 to this many before they are divided ({@code hsv_shift}). */
  private static final int SHIFT = 12;

  private static final int HALF = 1 << (SHIFT - 1);

  private static final int[] SATURATION_OF = quotients(255, 1);
  private static final int[] HUE_OF = quotients(HUES, SECTORS);

  /** Of the levels value, lowest, falling, rising: which blue, green and red are, by sector. */
  private static final int[][] PLACES = {
    {1, 3, 0}, {1, 0, 2}, {3, 0, 1}, {0, 2, 1}, {0, 1, 3}, {2, 1, 0}
  };

  private final float[] levels = new float[4];
  private int hue;
  private int saturation;
  private int value;

  private static int[] quotients(int dividend, int factor) {
    int[] quotients = new int[256];
    for (int divisor = 1; divisor < quotients.length; divisor++) {
      quotients[divisor] = (int) Math.rint((dividend << SHIFT) / (double) (factor * divisor));
    }
    return quotients;
  }

  /** Takes a pixel's colour. */
  void read(byte[] bgr, int at) {
    int blue = bgr[at] & 0xff;
    int green = bgr[at + 1] & 0xff;
    int red = bgr[at + 2] & 0xff;
    value = Math.max(blue, Math.max(green, red));
    int range = value - Math.min(blue, Math.min(green, red));
    saturation = (range * SATURATION_OF[value] + HALF) >> SHIFT;
    int turned = blue - red + 2 * range;
    if (value == red) {
      turned = green - blue;
    } else if (value != green) {
      turned = red - green + 4 * range;
    }
    hue = (turned * HUE_OF[range] + HALF) >> SHIFT;
    if (hue < 0) {
      hue += HUES;
    }
  }

  /** Adds to the hue, and replaces the saturation. */
  void turn(int steps, byte[] saturations) {
    hue = Math.floorMod(hue + steps, HUES);
    saturation = saturations[saturation] & 0xff;
  }

  /** Gives a pixel the colour. */
  void write(byte[] bgr, int at) {
    float bright = value * (1 / MOST);
    float strong = saturation * (1 / MOST);
    float turned = hue * ((float) SECTORS / HUES);
    int sector = Math.min((int) turned, SECTORS - 1);
    float within = turned - sector;
    levels[0] = bright;
    levels[1] = bright * (1 - strong);
    levels[2] = bright * (1 - strong * within);
    levels[3] = bright * (1 - strong * (1 - within));
    int[] places = PLACES[sector];
    bgr[at] = (byte) Math.rint(levels[places[0]] * MOST);
    bgr[at + 1] = (byte) Math.rint(levels[places[1]] * MOST);
    bgr[at + 2] = (byte) Math.rint(levels[places[2]] * MOST);
  }
}
