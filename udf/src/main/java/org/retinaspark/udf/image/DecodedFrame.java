package org.retinaspark.udf.image;

import java.util.List;

/**
 * What a reader of one format hands over.
 *
 * @param pixels the image as stored
 * @param warnings what was wrong with the file; see {@link DecodedImage#warnings()}
 */
public record DecodedFrame(Pixels pixels, List<String> warnings) {

  /** A file without fault. */
  public static DecodedFrame sound(Pixels pixels) {
    return new DecodedFrame(pixels, List.of());
  }

  /** A file with {@link DecodedImage#CORRUPT} data. */
  public static DecodedFrame damaged(Pixels pixels) {
    return new DecodedFrame(pixels, List.of(DecodedImage.CORRUPT));
  }

  /** A file that is {@link DecodedImage#TRUNCATED}. */
  public static DecodedFrame truncated(Pixels pixels) {
    return new DecodedFrame(pixels, List.of(DecodedImage.TRUNCATED));
  }
}
