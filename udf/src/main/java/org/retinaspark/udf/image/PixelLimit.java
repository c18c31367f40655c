package org.retinaspark.udf.image;

/** The largest image that is decoded, checked on the size that the header claims. */
public record PixelLimit(long maxPixels) {

  /** What every JVM can allocate as one array; some refuse the last few elements. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * Checks a size before memory is taken for it.
   *
   * @param bytesPerPixel what the decoder will allocate for each pixel in one array
   * @throws DecodeException {@code too_large}, or {@code corrupt} when a side is not positive
   */
  public void check(long width, long height, int bytesPerPixel) throws DecodeException {
    if (width < 1 || height < 1) {
      throw DecodeException.corrupt(
          "the header says " + width + "x" + height + " pixels: there is nothing to decode");
    }
    if (width > maxPixels / height) {
      throw new DecodeException(
          DecodeException.TOO_LARGE,
          "the image is %dx%d, which is more than the limit of %d pixels: it is not decoded; raise --max-pixels to decode it"
              .formatted(width, height, maxPixels));
    }
    if (width * height > MAX_ARRAY / bytesPerPixel) {
      throw new DecodeException(
          DecodeException.TOO_LARGE,
          "the image is %dx%d, which is more than the %d pixels of %d bytes that fit an array: it is not decoded, whatever --max-pixels says"
              .formatted(width, height, MAX_ARRAY / bytesPerPixel, bytesPerPixel));
    }
  }
}
