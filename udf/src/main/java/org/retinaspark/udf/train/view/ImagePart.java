package org.retinaspark.udf.train.view;

import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.image.Pixels;

/**
 * A part of an image, in whole pixels of its frame. Where it ends with the frame it cuts nothing
 * off: boxes may reach past the image.
 *
 * @param left columns before it
 * @param top rows before it
 * @param width columns of it
 * @param height rows of it
 * @param frameWidth columns of the frame
 * @param frameHeight rows of the frame
 */
public record ImagePart(int left, int top, int width, int height, int frameWidth, int frameHeight) {

  /**
   * Checks that it lies within the frame.
   *
   * @throws IllegalArgumentException if it doesn't, or has no pixel
   */
  public ImagePart {
    if (left < 0
        || top < 0
        || width < 1
        || height < 1
        || width > frameWidth - left
        || height > frameHeight - top) {
      throw new IllegalArgumentException(
          "a part of %dx%d pixels at (%d, %d) isn't one of a frame of %dx%d"
              .formatted(width, height, left, top, frameWidth, frameHeight));
    }
  }

  /** All of an image. */
  static ImagePart whole(int width, int height) {
    return new ImagePart(0, 0, width, height, width, height);
  }

  /** Whether it is all of the image. */
  boolean isWhole() {
    return width == frameWidth && height == frameHeight;
  }

  /** Whether the centre of a box lies inside it. */
  boolean holdsCentreOf(Box box) {
    float x = (box.x1() + box.x2()) / 2;
    float y = (box.y1() + box.y2()) / 2;
    return x > left && x < left + width && y > top && y < top + height;
  }

  /** Whether a box of some area lies inside, edges included. */
  boolean holds(Box box) {
    return box.width() > 0
        && box.height() > 0
        && box.x1() >= left
        && box.y1() >= top
        && box.x2() <= left + width
        && box.y2() <= top + height;
  }

  /** What it leaves of a box. */
  Box clipped(Box box) {
    int right = left + width;
    int bottom = top + height;
    return new Box(
        left == 0 ? box.x1() : Math.max(box.x1(), left),
        top == 0 ? box.y1() : Math.max(box.y1(), top),
        right == frameWidth ? box.x2() : Math.min(box.x2(), right),
        bottom == frameHeight ? box.y2() : Math.min(box.y2(), bottom));
  }

  /**
   * Its pixels, copied.
   *
   * @param image the whole frame in full
   * @throws IllegalArgumentException if it was decoded to another size
   */
  Pixels of(Pixels image) {
    if (image.width() != frameWidth || image.height() != frameHeight) {
      throw new IllegalArgumentException(
          "an image of %dx%d pixels isn't the frame of %dx%d that a part is to be cut out of"
              .formatted(image.width(), image.height(), frameWidth, frameHeight));
    }
    int row = width * Pixels.CHANNELS;
    byte[] bgr = new byte[row * height];
    for (int y = 0; y < height; y++) {
      int from = ((top + y) * frameWidth + left) * Pixels.CHANNELS;
      System.arraycopy(image.bgr(), from, bgr, y * row, row);
    }
    return new Pixels(width, height, bgr);
  }
}
