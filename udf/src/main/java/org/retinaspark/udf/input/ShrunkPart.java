package org.retinaspark.udf.input;

import org.retinaspark.udf.crop.Similarity;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.image.Pixels;

/**
 * The part of an image that a crop is made of, shrunk by a whole number: each pixel is the mean of
 * a square, so that nothing between the places that are looked at is lost.
 *
 * @param pixels the part
 * @param toCrop from the part to the crop, in continuous coordinates
 */
public record ShrunkPart(Pixels pixels, Similarity toCrop) {

  /**
   * The part for a crop; the whole image, as it is, if it shrinks to no less than half.
   *
   * @param toCrop from the image to the crop
   * @param side of the crop, in pixels
   */
  public static ShrunkPart of(Pixels image, Similarity toCrop, int side) {
    int step = (int) Math.min(1 / toCrop.scale(), Math.max(image.width(), image.height()));
    if (step < 2) {
      return new ShrunkPart(image, toCrop);
    }
    Similarity toImage = toCrop.inverse();
    double left = image.width();
    double top = image.height();
    double right = 0;
    double bottom = 0;
    for (int corner = 0; corner < 4; corner++) {
      Point at = toImage.apply(new Point((corner & 1) * side, (corner >> 1) * side));
      left = Math.min(left, at.x());
      top = Math.min(top, at.y());
      right = Math.max(right, at.x());
      bottom = Math.max(bottom, at.y());
    }
    // One square more on each side, for the pixels between which the outermost places lie.
    int x1 = (int) Math.min(Math.max(0, left - step), image.width() - 1);
    int y1 = (int) Math.min(Math.max(0, top - step), image.height() - 1);
    int x2 = (int) Math.min(Math.max(x1 + 1, right + step), image.width());
    int y2 = (int) Math.min(Math.max(y1 + 1, bottom + step), image.height());
    return new ShrunkPart(
        means(image, x1, y1, x2, y2, step), new Similarity(step, 0, x1, y1).then(toCrop));
  }

  /** Squares at the right and lower end may be cut; their means are of what there is. */
  private static Pixels means(Pixels image, int x1, int y1, int x2, int y2, int step) {
    int width = (x2 - x1 + step - 1) / step;
    int height = (y2 - y1 + step - 1) / step;
    byte[] means = new byte[width * height * Pixels.CHANNELS];
    int to = 0;
    for (int row = 0; row < height; row++) {
      int top = y1 + row * step;
      int bottom = Math.min(y2, top + step);
      for (int column = 0; column < width; column++) {
        int left = x1 + column * step;
        int right = Math.min(x2, left + step);
        for (int colour = 0; colour < Pixels.CHANNELS; colour++) {
          means[to++] = mean(image, left, top, right, bottom, colour);
        }
      }
    }
    return new Pixels(width, height, means);
  }

  private static byte mean(Pixels image, int left, int top, int right, int bottom, int colour) {
    byte[] bgr = image.bgr();
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      int at = (y * image.width() + left) * Pixels.CHANNELS + colour;
      for (int x = left; x < right; x++, at += Pixels.CHANNELS) {
        sum += bgr[at] & 0xff;
      }
    }
    long count = (long) (right - left) * (bottom - top);
    return (byte) ((sum + count / 2) / count);
  }
}
