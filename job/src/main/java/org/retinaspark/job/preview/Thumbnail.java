package org.retinaspark.job.preview;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.retinaspark.udf.image.Pixels;

/** A photo small enough for a page. */
public final class Thumbnail {

  private static final int LONG_SIDE = 1024;

  private Thumbnail() {}

  /**
   * A {@code data:} address of the image as JPEG, at most 1024 pixels on its long side.
   *
   * @throws IOException if it can't be encoded
   */
  public static String address(Pixels pixels) throws IOException {
    double scale = scale(pixels.width(), pixels.height());
    int width = pixels(pixels.width(), scale);
    int height = pixels(pixels.height(), scale);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(full(pixels), 0, 0, width, height, null);
    graphics.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(small, "jpg", jpeg);
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg.toByteArray());
  }

  /** Its pixels a pixel of the image, at most 1. */
  static double scale(int width, int height) {
    return Math.min(1, (double) LONG_SIDE / Math.max(width, height));
  }

  /** Its pixels along a side of the image. */
  static int pixels(int side, double scale) {
    return Math.max(1, (int) Math.round(side * scale));
  }

  private static BufferedImage full(Pixels pixels) {
    BufferedImage full =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] data = ((DataBufferByte) full.getRaster().getDataBuffer()).getData();
    System.arraycopy(pixels.bgr(), 0, data, 0, data.length);
    return full;
  }
}
