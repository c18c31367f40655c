package org.retinaspark.udf.image;

/**
 * A decoded image.
 *
 * <p>Pixel centres lie at half-integers: the image covers the continuous rectangle from (0, 0), its
 * top-left corner, to (width, height).
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param bgr samples as {@code [height, width, 3]}, row by row without padding, channels in the
 *     order blue, green, red, each an unsigned byte from 0 to 255; its first {@code width * height
 *     * 3} elements count. The array is shared, not copied: whoever holds the record must not write
 *     to it.
 */
public record Pixels(int width, int height, byte[] bgr) {

  /** Samples a pixel: blue, green and red. */
  public static final int CHANNELS = 3;

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if a side is not positive or the array is too short
   */
  public Pixels {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("an image of " + width + "x" + height + " has no pixels");
    }
    if (bgr.length < (long) width * height * CHANNELS) {
      throw new IllegalArgumentException(
          bgr.length + " bytes are too few for " + width + "x" + height + " pixels in BGR");
    }
  }
}
