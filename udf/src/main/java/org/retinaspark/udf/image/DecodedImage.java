package org.retinaspark.udf.image;

import java.util.List;
import org.retinaspark.udf.image.decode.ImageDecoder;

/**
 * What a file held.
 *
 * @param pixels the image in BGR, upright if the policy is {@link Orientation#APPLY} and as stored
 *     otherwise; fewer than the image has where fewer were asked for, see {@link
 *     ImageDecoder#decode(byte[], UsefulShare)}
 * @param width columns of the image, in the frame of the pixels
 * @param height rows of the image, in the frame of the pixels
 * @param orientation the EXIF orientation found in the file, 1 to 8, applied or not; 1 when there
 *     is none or it is broken
 * @param warnings what was wrong with the file although it could be decoded: {@link #TRUNCATED} or
 *     {@link #CORRUPT}; empty for a sound file
 */
public record DecodedImage(
    Pixels pixels, int width, int height, int orientation, List<String> warnings) {

  /** The file ends early: the missing part of the image is grey or coarse. */
  public static final String TRUNCATED = "truncated";

  /** The decoder found damaged data: part of the image may be wrong. */
  public static final String CORRUPT = "corrupt";

  /**
   * Checks the orientation and copies the warnings.
   *
   * @throws IllegalArgumentException if the orientation is not 1 to 8
   */
  public DecodedImage {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("EXIF orientation " + orientation + " is not 1 to 8");
    }
    warnings = List.copyOf(warnings);
  }
}
