package org.retinaspark.udf.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * How pixels become the bytes of a file.
 *
 * @param format of the file
 * @param quality of a JPEG, from 1 to 100, on libjpeg's scale; it says nothing of a PNG, which
 *     loses nothing
 */
public record ImageEncoding(Format format, int quality) implements Serializable {

  /** Formats that every reader knows. */
  public enum Format {
    /** Small; chroma at half resolution. */
    JPEG("jpg"),
    /** Exact. */
    PNG("png");

    private final String extension;

    Format(String extension) {
      this.extension = extension;
    }

    /** How names of its files end, without the dot. */
    public String extension() {
      return extension;
    }
  }

  /**
   * Checks the quality.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public ImageEncoding {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("--quality is " + quality + ", but must be from 1 to 100");
    }
  }

  /** A file of these pixels. */
  public byte[] encode(Pixels pixels) {
    ImageWriter writer =
        ImageIO.getImageWritersByFormatName(format.name().toLowerCase(Locale.ROOT)).next();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image(pixels), null, null), parameters(writer));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // memory takes all
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  private ImageWriteParam parameters(ImageWriter writer) {
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    if (format == Format.JPEG) {
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality / 100f);
    }
    return parameters;
  }

  private static BufferedImage image(Pixels pixels) {
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(pixels.bgr(), 0, samples, 0, samples.length);
    return image;
  }
}
