package org.retinaspark.udf.image.jpeg;

import java.util.List;
import org.retinaspark.udf.image.DecodeException;

/** What libjpeg's messages ({@code jerror.h}) mean for an image. */
final class JpegMessages {

  /** JWRN_JFIF_MAJOR and JWRN_ADOBE_XFORM: about a version number, not about the image. */
  private static final List<String> HARMLESS =
      List.of("unknown JFIF revision", "Unknown Adobe color transform");

  /** Processes, precisions and colour spaces that the library was not built for. */
  private static final List<String> UNSUPPORTED =
      List.of("Unsupported", "not supported", "not implemented", "Sorry");

  private JpegMessages() {}

  /** Whether a warning means that pixels may be wrong. */
  static boolean isDamage(String warning) {
    return HARMLESS.stream().noneMatch(warning::contains);
  }

  static DecodeException failure(String message) {
    String said = "the JPEG can't be decoded, the library says \"" + message + "\"";
    return UNSUPPORTED.stream().anyMatch(message::contains)
        ? DecodeException.unsupported(said)
        : DecodeException.corrupt(said);
  }
}
