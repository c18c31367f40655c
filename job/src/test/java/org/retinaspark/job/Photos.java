package org.retinaspark.job;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.retinaspark.udf.model.TinyModels;

/** Photos of white squares on black, and the tiny network that finds them. */
public final class Photos {

  /** A side that the network knows. */
  public static final int SQUARE = 32;

  /** Where the first square's centre is, from the left and the top: a cell's centre. */
  private static final int CENTRE = 36;

  private Photos() {}

  /** Writes a photo with so many squares in a row, and the folders that it needs. */
  public static Path write(Path file, int squares) {
    BufferedImage image =
        new BufferedImage(16 + 80 * Math.max(1, squares), 72, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    for (int square = 0; square < squares; square++) {
      graphics.fillRect(left(square), CENTRE - SQUARE / 2, SQUARE, SQUARE);
    }
    graphics.dispose();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(image, "png", file.toFile());
      return file;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The left side of a square, counted from 0. */
  public static int left(int square) {
    return CENTRE - SQUARE / 2 + 80 * square;
  }

  /** The upper side of every square. */
  public static int top() {
    return CENTRE - SQUARE / 2;
  }

  /** Writes the network. */
  public static Path model(Path file) {
    try {
      return Files.write(file, TinyModels.pytorchFamily());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
