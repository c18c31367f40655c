package org.retinaspark.udf.pipeline;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Files of squares of 16 pixels, each of the same blue, full green and full red. */
final class SquarePng {

  private static final int SQUARE = 16;

  private SquarePng() {}

  static byte[] of(int width, int height, int squares, int blue) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(255, 255, blue));
    for (int square = 0; square < squares; square++) {
      graphics.fillRect(12 + square * 48, 20, SQUARE, SQUARE);
    }
    graphics.dispose();
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
