package org.retinaspark.udf.image.jpeg;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Objects;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import org.retinaspark.udf.image.Cmyk;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodedFrame;
import org.retinaspark.udf.image.ImageFormat;
import org.retinaspark.udf.image.ImageIoReader;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.image.jpeg.JpegStructure.Colour;
import org.retinaspark.udf.image.jpeg.JpegStructure.Segment;

/**
 * Decodes JPEG with the JDK's reader. Only the components are taken from it, raw: what it makes of
 * colour profiles, and which colour space it guesses where markers are missing, differ from
 * libjpeg.
 */
final class ImageIoJpegDecoder implements JpegDecoder {

  @Override
  public DecodedFrame decode(JpegStructure structure, DctScale least) throws DecodeException {
    try (ImageIoReader reader = ImageIoReader.open(ImageFormat.JPEG, withoutMetadata(structure))) {
      Pixels pixels = bgr(reader.run(ImageIoJpegDecoder::raster), structure);
      return reader.warning() == null ? DecodedFrame.sound(pixels) : DecodedFrame.damaged(pixels);
    }
  }

  private static Raster raster(ImageReader reader) throws IOException, DecodeException {
    try {
      return reader.readRaster(0, null);
    } catch (IIOException e) {
      // The library below the reader is libjpeg as well; what it says means the same.
      throw JpegMessages.failure(Objects.requireNonNullElse(e.getMessage(), "no reason"));
    }
  }

  /** The reader would choke on broken profiles and guess from markers; it gets none of them. */
  private static byte[] withoutMetadata(JpegStructure structure) {
    byte[] content = structure.content();
    if (structure.metadata().isEmpty()) {
      return content;
    }
    int dropped = structure.metadata().stream().mapToInt(s -> s.end() - s.start()).sum();
    byte[] bare = new byte[content.length - dropped];
    int from = 0;
    int to = 0;
    for (Segment segment : structure.metadata()) {
      System.arraycopy(content, from, bare, to, segment.start() - from);
      to += segment.start() - from;
      from = segment.end();
    }
    System.arraycopy(content, from, bare, to, content.length - from);
    return bare;
  }

  private static Pixels bgr(Raster raster, JpegStructure structure) throws DecodeException {
    Colour colour = structure.colour();
    structure.checkSize(raster.getWidth(), raster.getHeight());
    if (raster.getNumBands() != colour.components()
        || !(raster.getDataBuffer() instanceof DataBufferByte buffer)) {
      throw DecodeException.corrupt(
          "the JPEG's header says %d components, the library found %d: its pixels can't be told"
              .formatted(colour.components(), raster.getNumBands()));
    }
    byte[] samples = buffer.getData();
    for (int component = 0; component < colour.components(); component++) {
      if (structure.isHalfHeight(component)) {
        new RepeatedRows(structure.width(), structure.height(), colour.components(), component)
            .smooth(samples);
      }
    }
    byte[] bgr =
        switch (colour) {
          case GREY -> replicated(samples);
          case RGB -> swapped(samples);
          case YCC -> {
            Ycc.toBgr(samples);
            yield samples;
          }
          case CMYK -> Cmyk.invertedToBgr(samples, samples.length);
          case YCCK -> {
            Ycc.toCmyk(samples);
            yield Cmyk.invertedToBgr(samples, samples.length);
          }
        };
    return new Pixels(structure.width(), structure.height(), bgr);
  }

  private static byte[] replicated(byte[] grey) {
    byte[] bgr = new byte[grey.length * Pixels.CHANNELS];
    for (int from = 0, to = 0; from < grey.length; from++, to += Pixels.CHANNELS) {
      bgr[to] = grey[from];
      bgr[to + 1] = grey[from];
      bgr[to + 2] = grey[from];
    }
    return bgr;
  }

  private static byte[] swapped(byte[] rgb) {
    for (int i = 0; i + 2 < rgb.length; i += Pixels.CHANNELS) {
      byte red = rgb[i];
      rgb[i] = rgb[i + 2];
      rgb[i + 2] = red;
    }
    return rgb;
  }

  @Override
  public void close() {
    // Each file has its own reader, closed after it.
  }
}
