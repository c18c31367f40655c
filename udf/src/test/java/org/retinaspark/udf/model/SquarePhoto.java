package org.retinaspark.udf.model;

import java.util.Arrays;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.image.Pixels;

/** Black images with white squares: the photos in which the {@link TinyModels} find faces. */
public final class SquarePhoto {

  private SquarePhoto() {}

  /** An image of this size with each of the squares, whose corners are whole numbers. */
  public static Pixels of(int width, int height, Box... squares) {
    byte[] bgr = new byte[width * height * Pixels.CHANNELS];
    for (Box square : squares) {
      for (int row = (int) square.y1(); row < square.y2(); row++) {
        int start = row * width;
        Arrays.fill(
            bgr,
            (start + (int) square.x1()) * Pixels.CHANNELS,
            (start + (int) square.x2()) * Pixels.CHANNELS,
            (byte) 255);
      }
    }
    return new Pixels(width, height, bgr);
  }

  /** The square of a side, centred at a point. */
  public static Box square(float centreX, float centreY, float side) {
    return new Box(centreX - side / 2, centreY - side / 2, centreX + side / 2, centreY + side / 2);
  }
}
