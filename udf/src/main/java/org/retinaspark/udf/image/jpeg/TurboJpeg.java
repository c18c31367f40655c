package org.retinaspark.udf.image.jpeg;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.image.NativeFunctions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions of libturbojpeg that are used, mapped directly by JNA ({@code turbojpeg.h} of
 * libjpeg-turbo; all are in 2.x and, as legacy functions, in 3.x).
 */
final class TurboJpeg {

  /** TJPF_BGR. */
  static final int BGR = 1;

  /** TJPF_CMYK. */
  static final int CMYK = 11;

  /** TJFLAG_ACCURATEDCT; fancy upsampling is what no flag means. */
  static final int ACCURATE_DCT = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(TurboJpeg.class);

  /** Where Debian and RPM systems, Homebrew and libjpeg-turbo's own packages put it. */
  private static final List<String> NAMES =
      List.of(
          "turbojpeg",
          "libturbojpeg.so.0",
          "/opt/homebrew/opt/jpeg-turbo/lib/libturbojpeg.dylib",
          "/usr/local/opt/jpeg-turbo/lib/libturbojpeg.dylib",
          "/opt/libjpeg-turbo/lib64/libturbojpeg.so");

  private static final Optional<String> OBSTACLE = register();

  private TurboJpeg() {}

  static boolean isAvailable() {
    return OBSTACLE.isEmpty();
  }

  /** Why the library can't be used, or nothing if it can. */
  static Optional<String> obstacle() {
    return OBSTACLE;
  }

  private static Optional<String> register() {
    Optional<String> obstacle = NativeFunctions.map(TurboJpeg.class, NAMES);
    if (obstacle.isPresent()) {
      LOG.warn(
          "libturbojpeg can't be loaded: JPEG is decoded by the JDK, to the same pixels but slower;"
              + " install libturbojpeg (Debian: libturbojpeg0) or set jna.library.path");
    }
    return obstacle;
  }

  /** A new decompressor, or null. */
  static native @Nullable Pointer tjInitDecompress();

  /** {@code size} is unsigned long in 2.x and size_t in 3.x: 64 bits wherever Spark runs. */
  static native int tjDecompress2(
      Pointer handle,
      Pointer jpeg,
      long size,
      Pointer pixels,
      int width,
      int pitch,
      int height,
      int pixelFormat,
      int flags);

  /** Size, chroma subsampling and colour space that the library reads from a header. */
  static native int tjDecompressHeader3(
      Pointer handle,
      Pointer jpeg,
      long size,
      IntByReference width,
      IntByReference height,
      IntByReference subsampling,
      IntByReference colour);

  static native String tjGetErrorStr2(Pointer handle);

  static native int tjDestroy(Pointer handle);
}
