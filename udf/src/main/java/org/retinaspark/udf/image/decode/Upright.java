package org.retinaspark.udf.image.decode;

import org.retinaspark.udf.image.Pixels;

/**
 * Turns and mirrors stored pixels so that the image stands upright (EXIF 2.32, section 4.6.4, tag
 * 0x0112). The value says where the stored first row and first column belong: 1 top left, 2 top
 * right, 3 bottom right, 4 bottom left, 5 left top, 6 right top, 7 right bottom, 8 left bottom.
 */
final class Upright {

  private static final int CHANNELS = Pixels.CHANNELS;

  /** From this value on, the stored rows are the columns of the upright image. */
  private static final int FIRST_TRANSPOSED = 5;

  /** Columns are written far apart in memory; a square this wide keeps both sides in the cache. */
  private static final int TILE = 32;

  private Upright() {}

  /**
   * The upright image.
   *
   * @param stored the image as stored; not changed, and returned itself for orientation 1
   * @param orientation the EXIF value, 1 to 8
   */
  static Pixels of(Pixels stored, int orientation) {
    if (orientation == ExifOrientation.UPRIGHT) {
      return stored;
    }
    boolean transposed = isTransposed(orientation);
    int width = transposed ? stored.height() : stored.width();
    int height = transposed ? stored.width() : stored.height();
    // Moving one column or row in the stored image moves this far in the upright one.
    int right = transposed ? width : 1;
    int down = transposed ? 1 : width;
    boolean fromLast =
        switch (orientation) {
          case 2, 3, 7, 8 -> true;
          default -> false;
        };
    boolean fromBottom =
        switch (orientation) {
          case 3, 4, 6, 7 -> true;
          default -> false;
        };
    int origin =
        (fromLast ? (stored.width() - 1) * right : 0)
            + (fromBottom ? (stored.height() - 1) * down : 0);
    byte[] bgr = new byte[width * height * CHANNELS];
    copy(
        stored,
        bgr,
        origin * CHANNELS,
        (fromLast ? -right : right) * CHANNELS,
        (fromBottom ? -down : down) * CHANNELS);
    return new Pixels(width, height, bgr);
  }

  /** Whether the stored rows are the columns of the upright image. */
  static boolean isTransposed(int orientation) {
    return orientation >= FIRST_TRANSPOSED;
  }

  private static void copy(Pixels stored, byte[] target, int origin, int right, int down) {
    byte[] source = stored.bgr();
    int width = stored.width();
    int height = stored.height();
    for (int top = 0; top < height; top += TILE) {
      int bottom = Math.min(height, top + TILE);
      for (int left = 0; left < width; left += TILE) {
        int end = Math.min(width, left + TILE);
        for (int y = top; y < bottom; y++) {
          int from = (y * width + left) * CHANNELS;
          int to = origin + y * down + left * right;
          for (int x = left; x < end; x++, from += CHANNELS, to += right) {
            target[to] = source[from];
            target[to + 1] = source[from + 1];
            target[to + 2] = source[from + 2];
          }
        }
      }
    }
  }
}
