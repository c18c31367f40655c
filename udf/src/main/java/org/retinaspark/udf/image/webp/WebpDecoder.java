package org.retinaspark.udf.image.webp;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodedFrame;
import org.retinaspark.udf.image.PixelLimit;
import org.retinaspark.udf.image.Pixels;

/**
 * Decodes simple WebP files, lossy and lossless, to the pixels of OpenCV, which uses the same
 * library; alpha is dropped. Nothing is kept from file to file.
 */
public final class WebpDecoder {

  private WebpDecoder() {}

  /** Whether libwebp can be loaded. */
  public static boolean isAvailable() {
    return LibWebp.isAvailable();
  }

  /**
   * Decodes a file. What is missing from one that ends early is black.
   *
   * @param content a file of one image chunk
   * @param limit what the size in the header is checked with, before memory is taken for it
   * @throws DecodeException if there are no pixels
   */
  public static DecodedFrame decode(byte[] content, PixelLimit limit) throws DecodeException {
    try (Memory file = new Memory(content.length)) {
      file.write(0, content, 0, content.length);
      IntByReference width = new IntByReference();
      IntByReference height = new IntByReference();
      if (LibWebp.WebPGetInfo(file, content.length, width, height) == 0) {
        throw DecodeException.corrupt("the WebP's header is broken: it can't be decoded");
      }
      limit.check(width.getValue(), height.getValue(), Pixels.CHANNELS);
      return decode(file, width.getValue(), height.getValue());
    }
  }

  private static DecodedFrame decode(Memory file, int width, int height) throws DecodeException {
    int row = width * Pixels.CHANNELS;
    int bytes = row * height;
    try (Memory pixels = new Memory(bytes)) {
      pixels.clear();
      int status = status(file, pixels, row);
      if (status != LibWebp.OK && status != LibWebp.SUSPENDED) {
        throw DecodeException.corrupt(
            "the WebP can't be decoded, the library says VP8StatusCode " + status);
      }
      byte[] bgr = new byte[bytes];
      pixels.read(0, bgr, 0, bytes);
      Pixels decoded = new Pixels(width, height, bgr);
      return status == LibWebp.OK ? DecodedFrame.sound(decoded) : DecodedFrame.truncated(decoded);
    }
  }

  private static int status(Memory file, Memory pixels, int row) {
    Pointer decoder = LibWebp.WebPINewRGB(LibWebp.BGR, pixels, pixels.size(), row);
    if (decoder == null) {
      throw new IllegalStateException("libwebp gave no decoder: is the memory used up?");
    }
    try {
      return LibWebp.WebPIAppend(decoder, file, file.size());
    } finally {
      LibWebp.WebPIDelete(decoder);
    }
  }
}
