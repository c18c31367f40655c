package org.retinaspark.udf.image;

import java.io.Serializable;
import java.util.Objects;

/**
 * How images are decoded.
 *
 * @param orientation whether the EXIF orientation is applied
 * @param maxPixels the largest accepted {@code width * height}, at least 1; a larger image is
 *     refused from its header, before memory is taken for its pixels
 */
public record DecodeSettings(Orientation orientation, long maxPixels) implements Serializable {

  /** The pixel limit unless told otherwise: 50 million, which is 150 MB of BGR. */
  public static final long DEFAULT_MAX_PIXELS = 50_000_000;

  /** EXIF orientation applied, at most {@link #DEFAULT_MAX_PIXELS}. */
  public static final DecodeSettings DEFAULT =
      new DecodeSettings(Orientation.APPLY, DEFAULT_MAX_PIXELS);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the limit is below one pixel
   */
  public DecodeSettings {
    Objects.requireNonNull(orientation, "orientation");
    if (maxPixels < 1) {
      throw new IllegalArgumentException(
          "a limit of "
              + maxPixels
              + " pixels would refuse every image; give --max-pixels at least 1");
    }
  }
}
