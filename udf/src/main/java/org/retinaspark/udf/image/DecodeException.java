package org.retinaspark.udf.image;

/** A file that gives no pixels. The message says what is wrong, the value and the consequence. */
public final class DecodeException extends Exception {

  /** The file has no bytes. */
  public static final String EMPTY = "empty";

  /** The first bytes are those of no supported format. */
  public static final String UNKNOWN_FORMAT = "unknown_format";

  /** The image has more pixels than allowed, or than an array can hold. */
  public static final String TOO_LARGE = "too_large";

  /** The format is known, but the data is broken. */
  public static final String CORRUPT = "corrupt";

  /** The file is probably sound, but uses a variant of its format that is not decoded. */
  public static final String UNSUPPORTED = "unsupported";

  private static final long serialVersionUID = 1;

  private final String code;

  /**
   * A failure.
   *
   * @param code one of the constants of this class, stable over versions
   * @param message what is wrong, the value and the consequence
   */
  public DecodeException(String code, String message) {
    super(message);
    this.code = code;
  }

  DecodeException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** One of the constants of this class. */
  public String code() {
    return code;
  }

  /** A file whose content is wrong: {@link #CORRUPT}. */
  public static DecodeException corrupt(String message) {
    return new DecodeException(CORRUPT, message);
  }

  /** A file of a kind that is not decoded: {@link #UNSUPPORTED}. */
  public static DecodeException unsupported(String message) {
    return new DecodeException(UNSUPPORTED, message);
  }
}
