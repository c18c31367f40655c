package org.retinaspark.job.preview;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageFrame;
import org.retinaspark.udf.crop.FaceParts;
import org.retinaspark.udf.crop.MaskReader;

/**
 * The masks of an image's faces in one see-through picture as large as its {@link Thumbnail}; a
 * pixel shows what the frame's pixel at its centre is of. One picture an image is far smaller than
 * outlines of all masks.
 */
final class PartsPicture {

  /** One a part, in the order of {@link FaceParts#NAMES}; the last for parts of other names. */
  private static final int[] COLOURS = {
    0xE8B878, 0xFF3030, 0x3060FF, 0x00C8C8, 0xC800C8, 0x20D020, 0xFF8C00, 0xA0FF30, 0x7040C0,
    0x808080
  };

  private static final int OPACITY = 0x70;

  private final long width;
  private final long height;
  private final BufferedImage picture;
  private final byte[] indices;

  PartsPicture(ImageFrame frame) {
    this.width = frame.width();
    this.height = frame.height();
    double scale = Thumbnail.scale(frame.width(), frame.height());
    this.picture =
        new BufferedImage(
            Thumbnail.pixels(frame.width(), scale),
            Thumbnail.pixels(frame.height(), scale),
            BufferedImage.TYPE_BYTE_INDEXED,
            palette());
    this.indices = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
  }

  /** The first colour is none at all. */
  private static IndexColorModel palette() {
    int[] colours = new int[COLOURS.length + 1];
    for (int colour = 0; colour < COLOURS.length; colour++) {
      colours[colour + 1] = OPACITY << 24 | COLOURS[colour];
    }
    return new IndexColorModel(8, colours.length, colours, 0, true, 0, 0);
  }

  /** The names of the parts in their colours. */
  static String legend() {
    StringBuilder legend = new StringBuilder();
    for (int part = 0; part < FaceParts.NAMES.size(); part++) {
      legend.append(
          "<span class=\"parts\" style=\"border-color:#%06X\">%s</span>%n"
              .formatted(COLOURS[part], FaceParts.NAMES.get(part).replace('_', ' ')));
    }
    return legend.toString();
  }

  /**
   * Adds a part.
   *
   * @throws IllegalArgumentException if its mask is none of the frame
   */
  void add(FaceArrays.Part part) {
    int named = FaceParts.NAMES.indexOf(part.part());
    byte index = (byte) (named < 0 ? COLOURS.length : named + 1);
    long[] inside = MaskReader.inside(part.rle(), width * height);
    for (int run = 0; run < inside.length; run += 2) {
      paint(inside[run], inside[run + 1], index);
    }
  }

  private void paint(long start, long end, byte index) {
    int pictureWidth = picture.getWidth();
    int pictureHeight = picture.getHeight();
    int endX = first((end - 1) / height + 1, width, pictureWidth);
    for (int x = first(start / height, width, pictureWidth); x < endX; x++) {
      long column = (long) ((x + 0.5) * width / pictureWidth);
      int endY = first(Math.min(height, end - column * height), height, pictureHeight);
      for (int y = first(start - column * height, height, pictureHeight); y < endY; y++) {
        indices[y * pictureWidth + x] = index;
      }
    }
  }

  /** The first pixel of the picture with its centre at a coordinate of the frame or behind it. */
  private static int first(long coordinate, long side, int pixels) {
    double first = Math.ceil((double) coordinate * pixels / side - 0.5);
    return (int) Math.max(0, Math.min(pixels, first));
  }

  /** A {@code data:} address of the picture as PNG. */
  String address() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }
}
