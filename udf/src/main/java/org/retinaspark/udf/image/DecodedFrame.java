package org.retinaspark.udf.image;

import java.util.List;

/**
 * What a reader of one format hands over.
 *
 * @param pixels the image as stored
 * @param warnings what was wrong with the file; see {@link DecodedImage#warnings()}
 */
record DecodedFrame(Pixels pixels, List<String> warnings) {

  static DecodedFrame sound(Pixels pixels) {
    return new DecodedFrame(pixels, List.of());
  }

  static DecodedFrame damaged(Pixels pixels) {
    return new DecodedFrame(pixels, List.of(DecodedImage.CORRUPT));
  }

  static DecodedFrame truncated(Pixels pixels) {
    return new DecodedFrame(pixels, List.of(DecodedImage.TRUNCATED));
  }
}
