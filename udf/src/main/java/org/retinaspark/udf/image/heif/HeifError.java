package org.retinaspark.udf.image.heif;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.ImageFormat;

/** What most functions of libheif return ({@code struct heif_error} of {@code heif.h}). */
@Structure.FieldOrder({"code", "subcode", "message"})
public final class HeifError extends Structure implements Structure.ByValue {

  private static final int UNSUPPORTED_FILE = 3;
  private static final int UNSUPPORTED_FEATURE = 4;
  private static final int MEMORY = 6;

  /** {@code heif_error_code}: 0 when all went well. */
  public int code;

  /** {@code heif_suberror_code}. */
  public int subcode;

  /** Owned by the library; always there according to its header. */
  public @Nullable Pointer message;

  /**
   * Ends the work if something went wrong.
   *
   * @throws DecodeException {@code unsupported}, {@code too_large} or {@code corrupt}
   */
  void check(ImageFormat format) throws DecodeException {
    if (code == 0) {
      return;
    }
    String said =
        "the %s can't be decoded, the library says \"%s\""
            .formatted(
                format.label(),
                message == null
                    ? "no reason"
                    : message.getString(0).replaceAll("\\s+", " ").strip());
    throw switch (code) {
      case UNSUPPORTED_FILE, UNSUPPORTED_FEATURE -> DecodeException.unsupported(said);
      case MEMORY -> new DecodeException(DecodeException.TOO_LARGE, said);
      default -> DecodeException.corrupt(said);
    };
  }
}
