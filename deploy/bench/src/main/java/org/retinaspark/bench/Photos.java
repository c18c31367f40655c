package org.retinaspark.bench;

import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The JPEG files that benchmarks decode. */
public final class Photos {

  /** System property: a folder of photos; a drawn one of 1024x768 if it isn't set. */
  private static final String FOLDER = "retinaspark.photos";

  private static final int MOST = 64;

  private Photos() {}

  /**
   * Some files' bytes, the same at every call.
   *
   * @throws IOException if the folder can't be read
   */
  public static List<byte[]> some() throws IOException {
    String folder = System.getProperty(FOLDER);
    if (folder == null) {
      return List.of(drawn());
    }
    List<byte[]> photos = new ArrayList<>();
    for (Path photo : below(Path.of(folder)).stream().limit(MOST).toList()) {
      photos.add(Files.readAllBytes(photo));
    }
    return photos;
  }

  /** All files below a folder, in the order of their names. */
  static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Ellipses over a gradient: about as many bytes a pixel as a photo at quality 75. */
  private static byte[] drawn() throws IOException {
    BufferedImage image = new BufferedImage(1024, 768, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    Random random = new Random(1);
    for (int index = 0; index < 3000; index++) {
      int from = 0xff000000 | random.nextInt(1 << 24);
      int to = 0xff000000 | random.nextInt(1 << 24);
      int x = random.nextInt(1024);
      int y = random.nextInt(768);
      int width = 10 + random.nextInt(90);
      graphics.setPaint(
          new GradientPaint(x, y, new java.awt.Color(from), x + width, y, new java.awt.Color(to)));
      graphics.fillOval(x, y, width, 10 + random.nextInt(90));
    }
    graphics.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", jpeg);
    return jpeg.toByteArray();
  }
}
