package org.retinaspark.udf.image;

import org.retinaspark.udf.detect.Pixels;

/**
 * Turns the bytes of an image file into BGR pixels.
 *
 * <p>Formats are told apart by content: JPEG, PNG, GIF (first frame), BMP, TIFF (first page) and
 * WebP (first frame). Pixels are those of OpenCV's {@code imread(IMREAD_COLOR)}: alpha dropped, 16
 * bits cut to 8, colour profiles ignored, grey replicated. JPEG has two engines with the same
 * pixels, see {@link JpegEngine}. Only lossy WebP is approximate: the Java reader repeats chroma
 * where libwebp, and so OpenCV, smooths it; photos differ by about one level on average.
 *
 * <p>An instance holds native memory and is used by one thread at a time.
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
    ImageFormat format = ImageFormat.of(content);
    return format == ImageFormat.JPEG ? decodeJpeg(content) : decodeOther(format, content);
  }

  private DecodedImage decodeJpeg(byte[] content) throws DecodeException {
    JpegStructure structure = JpegStructure.of(content);
    int bytesPerPixel = Math.max(Pixels.CHANNELS, structure.colour().components());
    limit.check(structure.width(), structure.height(), bytesPerPixel);
    DecodedFrame frame = jpegs.decode(content, structure);
    int orientation = ExifOrientation.ofJpeg(content, structure);
    // What a decoder says about a file that ends early follows from that.
    DecodedFrame judged = structure.complete() ? frame : DecodedFrame.truncated(frame.pixels());
    return image(judged, orientation);
  }

  private DecodedImage decodeOther(ImageFormat format, byte[] content) throws DecodeException {
    DecodedFrame frame = others.decode(format, content);
    int orientation =
        switch (format) {
          case PNG -> ExifOrientation.ofPng(content);
          case WEBP -> ExifOrientation.ofWebp(content);
          case TIFF -> ExifOrientation.ofBlock(content, 0);
          case JPEG, GIF, BMP -> ExifOrientation.UPRIGHT;
        };
    return image(frame, orientation);
  }

  private DecodedImage image(DecodedFrame frame, int orientation) {
    Pixels pixels =
        switch (policy) {
          case APPLY -> Upright.of(frame.pixels(), orientation);
          case IGNORE -> frame.pixels();
        };
    return new DecodedImage(pixels, orientation, frame.warnings());
  }

  @Override
  public void close() {
    jpegs.close();
  }
}
