package org.retinaspark.udf.image.jpeg;

import java.util.List;
import org.retinaspark.udf.image.DecodeException;

/** What libjpeg's messages ({@code jerror.h}) mean for an image. */
final class JpegMessages {

  /** How its warnings begin: the work went on. Any other message is an error that ended it. */
  private static final List<String> WARNINGS =
      List.of(
          "Corrupt JPEG data",
          "Premature end of JPEG file",
          "Inconsistent progression sequence",
          "Invalid SOS parameters",
          "Unknown Adobe color transform",
          "Warning: ");

  /** Processes, precisions and colour spaces that the library was not built for. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "Unsupported JPEG process",
          "Unsupported JPEG data precision",
          "Unsupported color conversion",
          "not supported",
          "not implemented",
          "Sorry");

  private JpegMessages() {}

  static boolean isWarning(String message) {
    return WARNINGS.stream().anyMatch(message::startsWith);
  }

  static DecodeException failure(String message) {
    String said = "the JPEG can't be decoded, the library says \"" + message + "\"";
    return UNSUPPORTED.stream().anyMatch(message::contains)
        ? DecodeException.unsupported(said)
        : DecodeException.corrupt(said);
  }
}
