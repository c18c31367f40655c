package org.retinaspark.udf.image.webp;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.image.NativeFunctions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The functions of libwebp that are used ({@code webp/decode.h}), mapped directly by JNA. */
final class LibWebp {

  /** MODE_BGR. */
  static final int BGR = 2;

  /** VP8_STATUS_OK. */
  static final int OK = 0;

  /** VP8_STATUS_SUSPENDED: the data ends before the image. */
  static final int SUSPENDED = 5;

  private static final Logger LOG = LoggerFactory.getLogger(LibWebp.class);

  /** Where Debian and RPM systems and Homebrew put it. */
  private static final List<String> NAMES =
      List.of(
          "webp",
          "libwebp.so.7",
          "/opt/homebrew/opt/webp/lib/libwebp.dylib",
          "/usr/local/opt/webp/lib/libwebp.dylib");

  private static final boolean AVAILABLE = register();

  private LibWebp() {}

  static boolean isAvailable() {
    return AVAILABLE;
  }

  private static boolean register() {
    if (NativeFunctions.map(LibWebp.class, NAMES).isEmpty()) {
      return true;
    }
    LOG.warn(
        "libwebp can't be loaded: WebP is decoded by a Java reader, which smooths no chroma and"
            + " gets some lossless files wrong; install libwebp (Debian: libwebp7) or set"
            + " jna.library.path");
    return false;
  }

  /** Reads the size of an image; 0 if there is none. */
  static native int WebPGetInfo(
      Pointer file, long size, IntByReference width, IntByReference height);

  /** A decoder that writes to memory of the caller, or null. */
  static native @Nullable Pointer WebPINewRGB(int mode, Pointer pixels, long size, int stride);

  /** Decodes what is there; a {@code VP8StatusCode}. */
  static native int WebPIAppend(Pointer decoder, Pointer file, long size);

  static native void WebPIDelete(Pointer decoder);
}
