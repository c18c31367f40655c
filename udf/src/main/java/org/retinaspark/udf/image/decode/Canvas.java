package org.retinaspark.udf.image.decode;

import java.util.Arrays;
import org.retinaspark.udf.image.Pixels;

/**
 * The image that the first frame of an animation is a part of.
 *
 * @param width columns of the image, or 0 when the frame is the whole image
 * @param height rows of the image
 * @param left column of the image that the frame starts at
 * @param top row of the image that the frame starts at
 * @param background what is around the frame, as 0xRRGGBB
 */
record Canvas(int width, int height, int left, int top, int background) {

  /** The frame is the whole image. */
  static final Canvas OF_THE_FRAME = new Canvas(0, 0, 0, 0, 0);

  private static final int CHANNELS = Pixels.CHANNELS;

  /** Whether a frame of this size needs no surroundings. */
  boolean isFilledBy(int frameWidth, int frameHeight) {
    return width == 0 || (left == 0 && top == 0 && width == frameWidth && height == frameHeight);
  }

  /** The image with the frame in its place; what sticks out of the image is cut off. */
  Pixels around(Pixels frame) {
    if (isFilledBy(frame.width(), frame.height())) {
      return frame;
    }
    byte[] bgr = new byte[width * height * CHANNELS];
    fill(bgr);
    int columns = Math.min(frame.width(), width - left);
    int rows = Math.min(frame.height(), height - top);
    for (int y = 0; y < rows && columns > 0; y++) {
      System.arraycopy(
          frame.bgr(),
          y * frame.width() * CHANNELS,
          bgr,
          ((top + y) * width + left) * CHANNELS,
          columns * CHANNELS);
    }
    return new Pixels(width, height, bgr);
  }

  private void fill(byte[] bgr) {
    if (background == 0) {
      return;
    }
    byte[] pixel = {(byte) background, (byte) (background >> 8), (byte) (background >> 16)};
    if (pixel[0] == pixel[1] && pixel[1] == pixel[2]) {
      Arrays.fill(bgr, pixel[0]);
      return;
    }
    for (int i = 0; i < bgr.length; i += CHANNELS) {
      bgr[i] = pixel[0];
      bgr[i + 1] = pixel[1];
      bgr[i + 2] = pixel[2];
    }
  }
}
