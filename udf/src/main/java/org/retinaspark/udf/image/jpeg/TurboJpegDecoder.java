package org.retinaspark.udf.image.jpeg;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.image.Cmyk;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodedFrame;
import org.retinaspark.udf.image.Pixels;

/** Owns one TurboJPEG decompressor and the native memory it reads and writes. */
final class TurboJpegDecoder implements JpegDecoder {

  private static final int CMYK_BYTES = 4;

  /** A larger array is not kept, so that one giant doesn't hold it for hours. */
  private static final int KEPT_BYTES = 48 << 20;

  private final NativeBuffer input = new NativeBuffer();
  private final NativeBuffer output = new NativeBuffer();
  private byte[] kept = new byte[0];
  private @Nullable Pointer handle;

  /**
   * Opens a decompressor.
   *
   * @throws IllegalStateException if the library can't be loaded or refuses
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
    handle = TurboJpeg.tjInitDecompress();
    if (handle == null) {
      throw new IllegalStateException("TurboJPEG gave no decompressor: is the memory used up?");
    }
  }

  @Override
  public DecodedFrame decode(byte[] content, JpegStructure structure, DctScale least)
      throws DecodeException {
    Pointer open = handle;
    if (open == null) {
      throw new IllegalStateException("the decoder is closed");
    }
    boolean inks = structure.colour().components() == CMYK_BYTES;
    int bytesPerPixel = inks ? CMYK_BYTES : Pixels.CHANNELS;
    int width = least.of(structure.width());
    int height = least.of(structure.height());
    int bytes = width * height * bytesPerPixel;
    Memory jpeg = input.ofSize(content.length);
    jpeg.write(0, content, 0, content.length);
    Memory pixels = output.ofSize(bytes);
    try {
      boolean damaged = decompress(open, jpeg, content.length, pixels, width, height, inks);
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

  /** Writes the pixels; whether the library complained about the data. */
  private static boolean decompress(
      Pointer handle, Memory jpeg, int size, Memory pixels, int width, int height, boolean inks)
      throws DecodeException {
    // TurboJPEG takes the largest scale that fits into this width and height, and never writes past
    // them: should it read another size from the header, it scales down to fit or fails.
    int status =
        TurboJpeg.tjDecompress2(
            handle,
            jpeg,
            size,
            pixels,
            width,
            width * (inks ? CMYK_BYTES : Pixels.CHANNELS),
            height,
            inks ? TurboJpeg.CMYK : TurboJpeg.BGR,
            TurboJpeg.ACCURATE_DCT);
    if (status == 0) {
      return false;
    }
    String message = TurboJpeg.tjGetErrorStr2(handle);
    if (TurboJpeg.tjGetErrorCode(handle) != TurboJpeg.WARNING) {
      throw JpegMessages.failure(message);
    }
    return JpegMessages.isDamage(message);
  }

  @Override
  public void close() {
    if (handle != null) {
      TurboJpeg.tjDestroy(handle);
      handle = null;
    }
    input.close();
    output.close();
  }
}
