package org.retinaspark.job.detect;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Writes photos of 100 megapixels, mosaics of others, for a trial of how a run ends that has a few
 * giants among small photos; see {@code docs/operations.md}. Run by hand:
 *
 * <pre>GiantPhotos PHOTOS NUMBER OUTPUT</pre>
 */
final class GiantPhotos {

  private static final int SIDE = 10_000;

  private GiantPhotos() {}

  public static void main(String[] arguments) throws IOException {
    List<Path> photos;
    try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
      photos = files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
    Path output = Files.createDirectories(Path.of(arguments[2]));
    for (int giant = 0; giant < Integer.parseInt(arguments[1]); giant++) {
      // Names that come last, as in the worst case.
      File file = output.resolve("zz-giant-" + giant + ".jpg").toFile();
      ImageIO.write(mosaic(photos, giant * photos.size() / 7), "jpg", file);
    }
  }

  private static BufferedImage mosaic(List<Path> photos, int first) throws IOException {
    BufferedImage mosaic = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = mosaic.createGraphics();
    int next = first;
    for (int top = 0; top < SIDE; ) {
      int height = 0;
      for (int left = 0; left < SIDE; next++) {
        BufferedImage photo = ImageIO.read(photos.get(next % photos.size()).toFile());
        graphics.drawImage(photo, left, top, null);
        left += photo.getWidth();
        height = Math.max(height, photo.getHeight());
      }
      top += height;
    }
    graphics.dispose();
    return mosaic;
  }
}
