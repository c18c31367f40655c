package org.retinaspark.udf.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.retinaspark.udf.image.HostileImage.refused;
import static org.retinaspark.udf.image.HostileImage.sound;
import static org.retinaspark.udf.image.HostileImage.warned;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;

/** The corpus of images that nobody has looked at before: small, always the same, all of them. */
public final class HostileImages {

  private static final long SEED = 20261124;
  private static final int BOMB_SIDE = 65_500;
  private static final int LONG_SIDE = 20_000;
  private static final byte[] END_OF_IMAGE = {(byte) 0xFF, (byte) 0xD9};
  private static final int START_OF_FRAME = 0xC0;
  private static final int START_OF_PROGRESSIVE_FRAME = 0xC2;
  private static final int LARGE_SIDE = 7_000;
  private static final int START_OF_SCAN = 0xDA;
  private static final int TIFF_PHOTOMETRIC = 262;
  private static final int TIFF_LAB = 8;

  /** Variants of formats that {@link GoldenTest} proves to be decoded right. */
  private static final List<String> ODD_BUT_SOUND =
      List.of(
          "cmyk.jpg",
          "ycck.jpg",
          "rgba16.png",
          "grey1.png",
          "palette_transparent.png",
          "bilevel.tif",
          "cmyk.tif",
          "animated.gif",
          "animated.webp",
          "progressive.jpg");

  private HostileImages() {}

  /** All images. */
  public static List<HostileImage> all() {
    List<HostileImage> images = new ArrayList<>();
    images.addAll(noImages());
    images.addAll(cutJpegs());
    images.addAll(cutPngs());
    images.addAll(shapes());
    images.addAll(bombs());
    images.addAll(oddJpegs());
    images.addAll(endlessJpegs());
    images.addAll(orientations());
    images.add(sound("lab.tif", lab()));
    ODD_BUT_SOUND.forEach(name -> images.add(sound(name, ReferenceImage.resource(name))));
    return images;
  }

  /** A file with a few flipped bits, mostly where the headers are; the same for the same seed. */
  static byte[] flipped(byte[] content, long seed) {
    Random random = new Random(SEED ^ seed);
    byte[] damaged = content.clone();
    int range = random.nextBoolean() ? Math.min(200, content.length) : content.length;
    for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
      damaged[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }

  private static List<HostileImage> noImages() {
    return List.of(
        refused("empty.jpg", new byte[0], "empty"),
        refused("text.jpg", "this is no image\n".getBytes(UTF_8), "unknown_format"),
        refused(
            "page.jpg",
            "<!DOCTYPE html><html><body>404 Not Found</body></html>".getBytes(UTF_8),
            "unknown_format"),
        refused("zeros.png", new byte[4096], "unknown_format"),
        refused("magic_only.png", Arrays.copyOf(photo("png"), 8), "corrupt"),
        sound("a_png_called.jpg", photo("png")),
        sound("a_jpeg_called.png", photo("jpg")));
  }

  private static List<HostileImage> cutJpegs() {
    byte[] jpeg = photo("jpg");
    return List.of(
        refused("cut_0.jpg", new byte[0], "empty"),
        refused("cut_1.jpg", share(jpeg, 1), "corrupt"),
        warned("cut_10.jpg", share(jpeg, 10), "truncated"),
        warned("cut_50.jpg", share(jpeg, 50), "truncated"),
        warned("cut_99.jpg", share(jpeg, 99), "truncated"));
  }

  private static List<HostileImage> cutPngs() {
    byte[] png = photo("png");
    return List.of(
        refused("cut_0.png", new byte[0], "empty"),
        refused("cut_1.png", share(png, 1), "corrupt"),
        refused("cut_10.png", share(png, 10), "corrupt"),
        refused("cut_50.png", share(png, 50), "corrupt"),
        refused("cut_99.png", share(png, 99), "corrupt"));
  }

  private static List<HostileImage> shapes() {
    List<HostileImage> images = new ArrayList<>();
    for (String kind : List.of("png", "jpg")) {
      for (int[] size : new int[][] {{1, 1}, {1, LONG_SIDE}, {LONG_SIDE, 1}}) {
        BufferedImage image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_3BYTE_BGR);
        images.add(
            sound(
                String.format(Locale.ROOT, "%dx%d.%s", size[0], size[1], kind),
                encoded(image, kind)));
      }
    }
    return images;
  }

  private static List<HostileImage> bombs() {
    byte[] jpeg = photo("jpg");
    int frame = marker(jpeg, START_OF_FRAME);
    ByteBuffer.wrap(jpeg)
        .putShort(frame + 5, (short) BOMB_SIDE)
        .putShort(frame + 7, (short) BOMB_SIDE);
    byte[] png = photo("png");
    int header = 16;
    ByteBuffer.wrap(png).putInt(header, BOMB_SIDE).putInt(header + 4, BOMB_SIDE);
    return List.of(refused("bomb.jpg", jpeg, "too_large"), refused("bomb.png", png, "too_large"));
  }

  private static List<HostileImage> oddJpegs() {
    byte[] jpeg = photo("jpg");
    byte[] progressive = ReferenceImage.resource("progressive.jpg");
    int secondScan = marker(progressive, START_OF_SCAN, 2);
    return List.of(
        sound("trailing.jpg", joined(jpeg, new byte[1000])),
        sound("two_images.jpg", joined(jpeg, jpeg)),
        sound("missing_scans.jpg", joined(Arrays.copyOf(progressive, secondScan), END_OF_IMAGE)),
        refused(
            "no_scan.jpg",
            joined(Arrays.copyOf(jpeg, marker(jpeg, START_OF_SCAN)), END_OF_IMAGE),
            "corrupt"));
  }

  /** Little to read and much to do: each scan is a pass over the whole image. */
  private static List<HostileImage> endlessJpegs() {
    byte[] progressive = ReferenceImage.resource("progressive.jpg");
    int first = marker(progressive, START_OF_SCAN);
    byte[] scans = Arrays.copyOfRange(progressive, first, progressive.length - 2);
    byte[] small = joined(Arrays.copyOf(progressive, first), repeated(scans, 100));
    byte[] large = joined(Arrays.copyOf(progressive, first), repeated(scans, 10));
    ByteBuffer.wrap(large)
        .putShort(marker(large, START_OF_PROGRESSIVE_FRAME) + 5, (short) LARGE_SIDE)
        .putShort(marker(large, START_OF_PROGRESSIVE_FRAME) + 7, (short) LARGE_SIDE);
    byte[] jpeg = photo("jpg");
    byte[] comments = repeated(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 2}, 10_000);
    byte[] frame = JpegSegments.without(jpeg, JpegSegments.DHT);
    return List.of(
        refused("small_of_many_scans.jpg", joined(small, END_OF_IMAGE), "corrupt"),
        refused("large_of_some_scans.jpg", joined(large, END_OF_IMAGE), "corrupt"),
        refused(
            "many_segments.jpg",
            joined(
                joined(Arrays.copyOf(jpeg, 2), comments), Arrays.copyOfRange(jpeg, 2, jpeg.length)),
            "corrupt"),
        sound("motion.jpg", repeated(frame, 40)),
        sound("motion_broken_later.jpg", joined(frame, repeated(share(frame, 50), 80))));
  }

  private static List<HostileImage> orientations() {
    List<HostileImage> images = new ArrayList<>();
    for (int orientation = 1; orientation <= 8; orientation++) {
      String name = "exif_" + orientation + ".jpg";
      images.add(sound(name, ReferenceImage.resource(name)));
    }
    byte[] broken = ReferenceImage.resource("exif_6.jpg");
    int block = new String(broken, ISO_8859_1).indexOf("Exif");
    Arrays.fill(broken, block + 6, block + 20, (byte) 0xFF);
    images.add(sound("exif_broken.jpg", broken));
    return images;
  }

  /** The samples of a TIFF in RGB, said to be CIE L*a*b*. */
  private static byte[] lab() {
    byte[] tiff = ReferenceImage.resource("rgb_none.tif");
    ByteBuffer buffer = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    int directory = buffer.getInt(4);
    for (int entry = 0; entry < buffer.getShort(directory); entry++) {
      int at = directory + 2 + 12 * entry;
      if (buffer.getShort(at) == TIFF_PHOTOMETRIC) {
        buffer.putShort(at + 8, (short) TIFF_LAB);
      }
    }
    return tiff;
  }

  /** A picture of soft colours, so that its files have some length. */
  private static byte[] photo(String kind) {
    BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(SEED);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, (x << 16 | y << 8 | (x + y) / 2) + random.nextInt(48));
      }
    }
    return encoded(image, kind);
  }

  private static byte[] encoded(BufferedImage image, String kind) {
    try {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      ImageIO.write(image, kind, stream);
      return stream.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] share(byte[] content, int percent) {
    return Arrays.copyOf(content, content.length * percent / 100);
  }

  private static byte[] repeated(byte[] part, int times) {
    byte[] all = new byte[part.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(part, 0, all, i * part.length, part.length);
    }
    return all;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static int marker(byte[] jpeg, int code) {
    return marker(jpeg, code, 1);
  }

  private static int marker(byte[] jpeg, int code, int occurrence) {
    int seen = 0;
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) code && ++seen == occurrence) {
        return i;
      }
    }
    throw new IllegalArgumentException("the JPEG has no such marker");
  }
}
