package org.retinaspark.udf.input;

import java.util.Arrays;
import org.retinaspark.udf.image.Pixels;

/**
 * The rows of an image resized by bilinear interpolation on floats, with half-pixel centres, as
 * OpenCV's {@code INTER_LINEAR} resizes a float image (ONNX's {@code half_pixel} does so too):
 * levels from 0 to 255 that are rounded to nothing. Resizes a row of the image across when it is
 * first needed, and keeps two, so that rows are to be asked for from the top down.
 */
final class ResizedLevels {

  private final byte[] bgr;
  private final int stride;
  private final int[] lefts;
  private final int[] rights;
  private final float[] shares;
  private final LinearResize down;
  private Across upper;
  private Across lower;

  /** An image at the size of its content, mirrored or not. */
  ResizedLevels(Pixels image, LinearResize across, LinearResize down) {
    this.bgr = image.bgr();
    this.stride = image.width() * Pixels.CHANNELS;
    this.lefts = Arrays.stream(across.lefts()).map(left -> left * Pixels.CHANNELS).toArray();
    this.rights = Arrays.stream(across.rights()).map(right -> right * Pixels.CHANNELS).toArray();
    this.shares = across.shares();
    this.down = down;
    this.upper = new Across(shares.length);
    this.lower = new Across(shares.length);
  }

  /**
   * Writes a row to the front of arrays.
   *
   * @param levels of blue, green and red
   */
  void copy(int row, float[][] levels) {
    int first = down.first(row);
    int second = down.second(row);
    if (first == lower.row) {
      Across before = upper;
      upper = lower;
      lower = before;
    }
    require(upper, first);
    if (second != first) {
      require(lower, second);
    }
    Across below = second == first ? upper : lower;
    float share = down.share(row);
    for (int colour = 0; colour < Pixels.CHANNELS; colour++) {
      blend(upper.levels[colour], below.levels[colour], share, levels[colour]);
    }
  }

  private static void blend(float[] upper, float[] lower, float share, float[] target) {
    for (int column = 0; column < upper.length; column++) {
      target[column] = upper[column] + (lower[column] - upper[column]) * share;
    }
  }

  private void require(Across target, int row) {
    if (target.row != row) {
      target.row = row;
      across(row * stride, target.levels[0], target.levels[1], target.levels[2]);
    }
  }

  private void across(int start, float[] blue, float[] green, float[] red) {
    for (int column = 0; column < shares.length; column++) {
      int left = start + lefts[column];
      int right = start + rights[column];
      float share = shares[column];
      int leftBlue = bgr[left] & 0xff;
      int leftGreen = bgr[left + 1] & 0xff;
      int leftRed = bgr[left + 2] & 0xff;
      blue[column] = leftBlue + ((bgr[right] & 0xff) - leftBlue) * share;
      green[column] = leftGreen + ((bgr[right + 1] & 0xff) - leftGreen) * share;
      red[column] = leftRed + ((bgr[right + 2] & 0xff) - leftRed) * share;
    }
  }

  /** A row of the image, resized across. */
  private static final class Across {

    private static final int NONE = -1;

    private final float[][] levels;
    private int row = NONE;

    Across(int width) {
      levels = new float[Pixels.CHANNELS][width];
    }
  }
}
