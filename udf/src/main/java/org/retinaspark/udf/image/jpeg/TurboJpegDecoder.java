package org.retinaspark.udf.image.jpeg;

import com.sun.jna.Memory;
import org.retinaspark.udf.image.Cmyk;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodedFrame;
import org.retinaspark.udf.image.Pixels;

/** Owns the native memory that TurboJPEG reads and writes. */
final class TurboJpegDecoder implements JpegDecoder {

  /** A larger array is not kept, so that one giant doesn't hold it for hours. */
  private static final int KEPT_BYTES = 48 << 20;

  private final NativeBuffer input = new NativeBuffer();
  private final NativeBuffer output = new NativeBuffer();
  private byte[] kept = new byte[0];

  /**
   * Opens the library.
   *
   * @throws IllegalStateException if it can't be loaded
   */
  TurboJpegDecoder() {
    TurboJpeg.obstacle()
        .ifPresent(
            obstacle -> {
              throw new IllegalStateException(
                  "TurboJPEG was asked for, but its library is missing ("
                      + obstacle
                      + "): install libturbojpeg or use ImageIO");
            });
  }

  @Override
  public DecodedFrame decode(JpegStructure structure, DctScale least) throws DecodeException {
    byte[] content = structure.content();
    boolean inks = structure.isInks();
    int width = least.of(structure.width());
    int height = least.of(structure.height());
    int bytes = width * height * (inks ? structure.colour().components() : Pixels.CHANNELS);
    Memory jpeg = input.ofSize(content.length);
    jpeg.write(0, content, 0, content.length);
    Memory pixels = output.ofSize(bytes);
    try (Decompressor decompressor = new Decompressor()) {
      boolean damaged = decompressor.decompress(jpeg, content.length, structure, least, pixels);
      byte[] samples = samples(bytes);
      pixels.read(0, samples, 0, bytes);
      byte[] bgr = inks ? Cmyk.invertedToBgr(samples, bytes) : samples;
      Pixels decoded = new Pixels(width, height, bgr);
      return damaged ? DecodedFrame.damaged(decoded) : DecodedFrame.sound(decoded);
    } finally {
      input.shrink();
      output.shrink();
    }
  }

  /**
   * At least so many bytes, those of the image before: new ones of megabytes for each image would
   * keep G1 marking the heap all the time.
   */
  private byte[] samples(int bytes) {
    if (bytes > KEPT_BYTES) {
      return new byte[bytes];
    }
    if (kept.length < bytes) {
      kept = new byte[bytes];
    }
    return kept;
  }

  @Override
  public void close() {
    input.close();
    output.close();
  }
}
