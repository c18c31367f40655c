package org.retinaspark.udf.image.decode;

import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.DecodedFrame;
import org.retinaspark.udf.image.DecodedImage;
import org.retinaspark.udf.image.ImageFormat;
import org.retinaspark.udf.image.Orientation;
import org.retinaspark.udf.image.PixelLimit;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.image.UsefulShare;
import org.retinaspark.udf.image.heif.HeifDecoder;
import org.retinaspark.udf.image.jpeg.DctScale;
import org.retinaspark.udf.image.jpeg.JpegDecoder;
import org.retinaspark.udf.image.jpeg.JpegEngine;
import org.retinaspark.udf.image.jpeg.JpegStructure;

/**
 * Turns the bytes of an image file into BGR pixels.
 *
 * <p>Formats are told apart by content: JPEG, PNG, GIF (first frame), BMP, TIFF (first page), WebP
 * (first frame) and, where libheif is installed, HEIC and AVIF (primary image). Pixels are those of
 * OpenCV's {@code imread(IMREAD_COLOR)}: alpha dropped, 16 bits cut to 8, colour profiles ignored,
 * grey replicated. JPEG has two engines with the same pixels, see {@link JpegEngine}. WebP is
 * libwebp's where that is installed; else a Java reader's, which repeats chroma where libwebp, and
 * so OpenCV, smooths it, and gets some lossless files wrong.
 *
 * <p>An instance holds native memory and is used by one thread at a time. The pixels that it gives
 * are valid until it decodes the next image.
 */
public final class ImageDecoder implements AutoCloseable {

  private final Orientation policy;
  private final PixelLimit limit;
  private final JpegEngine engine;
  private final JpegDecoder jpegs;
  private final RasterDecoder others;

  private ImageDecoder(DecodeSettings settings, JpegEngine engine) {
    this.policy = settings.orientation();
    this.limit = new PixelLimit(settings.maxPixels());
    this.engine = engine;
    this.jpegs = engine.open();
    this.others = new RasterDecoder(limit);
  }

  /** A decoder with the fastest engine there is; see {@link #engine()} for which. */
  public static ImageDecoder open(DecodeSettings settings) {
    return open(settings, JpegEngine.fastest());
  }

  /**
   * A decoder with a certain engine.
   *
   * @throws IllegalStateException if the engine's library can't be loaded
   */
  public static ImageDecoder open(DecodeSettings settings, JpegEngine engine) {
    return new ImageDecoder(settings, engine);
  }

  /** What decodes JPEG here. */
  public JpegEngine engine() {
    return engine;
  }

  /**
   * Decodes a file.
   *
   * @param content the whole file; not changed
   * @throws DecodeException if there are no pixels to be had
   */
  public DecodedImage decode(byte[] content) throws DecodeException {
    return decode(content, UsefulShare.ALL);
  }

  /**
   * Decodes a file to as few pixels as are needed: TurboJPEG halves an image once, twice or thrice
   * while it decodes, where that leaves at least the share that is asked for. What can't be scaled
   * comes in full.
   *
   * @param content the whole file; not changed
   * @param share what is needed of an image
   * @throws DecodeException if there are no pixels to be had
   */
  public DecodedImage decode(byte[] content, UsefulShare share) throws DecodeException {
    ImageFormat format = ImageFormat.of(content);
    return format == ImageFormat.JPEG ? decodeJpeg(content, share) : decodeOther(format, content);
  }

  private DecodedImage decodeJpeg(byte[] content, UsefulShare share) throws DecodeException {
    JpegStructure structure = JpegStructure.of(content);
    int bytesPerPixel = Math.max(Pixels.CHANNELS, structure.colour().components());
    limit.check(structure.width(), structure.height(), bytesPerPixel);
    int orientation = ExifOrientation.ofJpeg(content, structure);
    boolean turned = policy == Orientation.APPLY && Upright.isTransposed(orientation);
    int width = turned ? structure.height() : structure.width();
    int height = turned ? structure.width() : structure.height();
    DctScale least = DctScale.atLeast(share.of(width, height));
    DecodedFrame frame = jpegs.decode(structure, least);
    // What a decoder says about a file that ends early follows from that.
    DecodedFrame judged = structure.complete() ? frame : DecodedFrame.truncated(frame.pixels());
    return new DecodedImage(
        oriented(judged.pixels(), orientation), width, height, orientation, judged.warnings());
  }

  private DecodedImage decodeOther(ImageFormat format, byte[] content) throws DecodeException {
    DecodedFrame frame =
        switch (format) {
          case HEIC, AVIF -> HeifDecoder.decode(format, content, limit);
          default -> others.decode(format, content);
        };
    int orientation =
        switch (format) {
          case PNG -> ExifOrientation.ofPng(content);
          case WEBP -> ExifOrientation.ofWebp(content);
          case TIFF -> ExifOrientation.ofBlock(content, 0);
          case JPEG, GIF, BMP, HEIC, AVIF -> ExifOrientation.UPRIGHT;
        };
    Pixels pixels = oriented(frame.pixels(), orientation);
    return new DecodedImage(pixels, pixels.width(), pixels.height(), orientation, frame.warnings());
  }

  private Pixels oriented(Pixels stored, int orientation) {
    return switch (policy) {
      case APPLY -> Upright.of(stored, orientation);
      case IGNORE -> stored;
    };
  }

  @Override
  public void close() {
    jpegs.close();
  }
}
