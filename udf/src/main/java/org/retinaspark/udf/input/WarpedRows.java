package org.retinaspark.udf.input;

import org.retinaspark.udf.crop.Similarity;
import org.retinaspark.udf.image.Pixels;

/** The rows of a crop, as levels from 0 to 255 that are rounded to nothing. */
final class WarpedRows {

  private final byte[] bgr;
  private final int width;
  private final int height;
  // Across and down in the image for one pixel across and down in the crop, and at its corner, in
  // pixels as they are decoded.
  private final double acrossOfColumn;
  private final double acrossOfRow;
  private final double across;
  private final double downOfColumn;
  private final double downOfRow;
  private final double down;

  WarpedRows(Pixels image, Warp warp) {
    bgr = image.bgr();
    width = image.width();
    height = image.height();
    Similarity toImage = warp.toCrop().inverse();
    double sharesX = (double) width / warp.frameWidth();
    double sharesY = (double) height / warp.frameHeight();
    acrossOfColumn = toImage.a() * sharesX;
    acrossOfRow = -toImage.b() * sharesX;
    across = toImage.x() * sharesX;
    downOfColumn = toImage.b() * sharesY;
    downOfRow = toImage.a() * sharesY;
    down = toImage.y() * sharesY;
  }

  /**
   * Writes a row to the front of arrays.
   *
   * @param levels of blue, green and red
   */
  void copy(int row, float[][] levels) {
    float[] blue = levels[0];
    float[] green = levels[1];
    float[] red = levels[2];
    int stride = width * Pixels.CHANNELS;
    // Where the centre of column -1 lies, counted in centres of the image's pixels.
    double x = across + (row + 0.5) * acrossOfRow - 0.5 * acrossOfColumn - 0.5;
    double y = down + (row + 0.5) * downOfRow - 0.5 * downOfColumn - 0.5;
    for (int column = 0; column < blue.length; column++) {
      double left = x + (column + 1) * acrossOfColumn;
      double upper = y + (column + 1) * downOfColumn;
      if (left >= 0 && left < width - 1 && upper >= 0 && upper < height - 1) {
        int leftmost = (int) left;
        int uppermost = (int) upper;
        float right = (float) (left - leftmost);
        float lower = (float) (upper - uppermost);
        int at = uppermost * stride + leftmost * Pixels.CHANNELS;
        int below = at + stride;
        blue[column] = blend(at, below, right, lower);
        green[column] = blend(at + 1, below + 1, right, lower);
        red[column] = blend(at + 2, below + 2, right, lower);
      } else {
        atBorder(left, upper, column, levels);
      }
    }
  }

  private float blend(int at, int below, float right, float lower) {
    float first = bgr[at] & 0xff;
    float second = bgr[below] & 0xff;
    float above = first + ((bgr[at + Pixels.CHANNELS] & 0xff) - first) * right;
    float beneath = second + ((bgr[below + Pixels.CHANNELS] & 0xff) - second) * right;
    return above + (beneath - above) * lower;
  }

  /** Between four pixels of which some are outside, or all. */
  private void atBorder(double left, double upper, int column, float[][] levels) {
    if (!(left > -1 && left < width && upper > -1 && upper < height)) {
      for (float[] colour : levels) {
        colour[column] = 0;
      }
      return;
    }
    int leftmost = (int) Math.floor(left);
    int uppermost = (int) Math.floor(upper);
    float right = (float) (left - leftmost);
    float lower = (float) (upper - uppermost);
    for (int colour = 0; colour < levels.length; colour++) {
      float above =
          level(leftmost, uppermost, colour) * (1 - right)
              + level(leftmost + 1, uppermost, colour) * right;
      float beneath =
          level(leftmost, uppermost + 1, colour) * (1 - right)
              + level(leftmost + 1, uppermost + 1, colour) * right;
      levels[colour][column] = above * (1 - lower) + beneath * lower;
    }
  }

  private float level(int x, int y, int colour) {
    return x < 0 || y < 0 || x >= width || y >= height
        ? 0
        : bgr[(y * width + x) * Pixels.CHANNELS + colour] & 0xff;
  }
}
