package org.retinaspark.udf.image.decode;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodedFrame;
import org.retinaspark.udf.image.ImageFormat;
import org.retinaspark.udf.image.ImageIoReader;
import org.retinaspark.udf.image.PixelLimit;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.image.webp.WebpDecoder;

/** Decodes the formats that ImageIO readers read, but JPEG; WebP by libwebp where it is. */
record RasterDecoder(PixelLimit limit) {

  /** The widest raster that is read has four samples a pixel: RGB and alpha, or four inks. */
  private static final int MAX_SAMPLES = 4;

  private static final int BMP_HEADER = 14;

  /** Lengths of the headers of OS/2, which has other compressions or none. */
  private static final int OS2_V1 = 12;

  private static final int OS2_V2 = 64;
  private static final int BMP_COMPRESSION = 30;
  private static final int BMP_JPEG = 4;
  private static final int BMP_PNG = 5;

  /**
   * Decodes a file as stored.
   *
   * @throws DecodeException if there are no pixels
   */
  DecodedFrame decode(ImageFormat format, byte[] content) throws DecodeException {
    return switch (format) {
      case GIF -> decodeGif(content);
      case WEBP -> decodeWebp(content);
      case BMP -> {
        refuseEmbedded(content);
        yield decodePlain(format, content);
      }
      case TIFF -> {
        TiffLimits.check(content, limit);
        yield decodePlain(format, content);
      }
      case PNG -> decodePlain(format, content);
      case JPEG, HEIC, AVIF ->
          throw new IllegalArgumentException(format + " has decoders of its own");
    };
  }

  private DecodedFrame decodePlain(ImageFormat format, byte[] content) throws DecodeException {
    try (ImageIoReader reader = ImageIoReader.open(format, content)) {
      Pixels pixels = reader.run(source -> RasterPixels.of(read(source)));
      return reader.warning() == null ? DecodedFrame.sound(pixels) : DecodedFrame.damaged(pixels);
    }
  }

  private DecodedFrame decodeGif(byte[] content) throws DecodeException {
    Canvas canvas = GifHeader.canvas(content);
    limit.check(canvas.width(), canvas.height(), Pixels.CHANNELS);
    try (ImageIoReader reader = ImageIoReader.open(ImageFormat.GIF, content)) {
      Pixels frame = reader.run(source -> RasterPixels.of(read(source), canvas.background()));
      Pixels pixels = canvas.around(frame);
      return reader.warning() == null ? DecodedFrame.sound(pixels) : DecodedFrame.damaged(pixels);
    }
  }

  private DecodedFrame decodeWebp(byte[] content) throws DecodeException {
    WebpFrame frame = WebpFrame.of(content);
    Canvas canvas = frame.canvas();
    if (!canvas.equals(Canvas.OF_THE_FRAME)) {
      limit.check(canvas.width(), canvas.height(), Pixels.CHANNELS);
    }
    DecodedFrame decoded =
        WebpDecoder.isAvailable()
            ? WebpDecoder.decode(frame.file(), limit)
            : decodePlain(ImageFormat.WEBP, frame.file());
    Pixels pixels = canvas.around(decoded.pixels());
    // The Java reader takes what is missing from a lossless file for zeros, without a word.
    return frame.complete()
        ? new DecodedFrame(pixels, decoded.warnings())
        : DecodedFrame.truncated(pixels);
  }

  private BufferedImage read(ImageReader reader) throws IOException, DecodeException {
    limit.check(reader.getWidth(0), reader.getHeight(0), MAX_SAMPLES);
    ImageReadParam param = reader.getDefaultReadParam();
    // The first of a reader's types may be a colour-managed copy; the raw one is the file's.
    ImageTypeSpecifier raw = reader.getRawImageType(0);
    if (raw != null) {
      param.setDestinationType(raw);
    }
    return reader.read(0, param);
  }

  /** The reader would hand an embedded file of any size to whichever reader ImageIO finds. */
  private static void refuseEmbedded(byte[] content) throws DecodeException {
    ByteBuffer header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (content.length < BMP_COMPRESSION + Integer.BYTES
        || Set.of(OS2_V1, OS2_V2).contains(header.getInt(BMP_HEADER))) {
      return;
    }
    int compression = header.getInt(BMP_COMPRESSION);
    if (Set.of(BMP_JPEG, BMP_PNG).contains(compression)) {
      throw DecodeException.unsupported(
          "the BMP wraps a JPEG or PNG (compression %d), which is not decoded; unwrap it"
              .formatted(compression));
    }
  }
}
