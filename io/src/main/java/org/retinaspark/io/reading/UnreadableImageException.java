package org.retinaspark.io.reading;

import java.io.IOException;

/** An image whose bytes can't be had, for a reason that has a code of its own in the row. */
public final class UnreadableImageException extends IOException {

  private static final long serialVersionUID = 1L;

  /** A manifest names what it may not. */
  public static final String REFUSED = "refused";

  /** Java can't open files of such names, in the locale of the executor. */
  public static final String NAME_ENCODING = "name_encoding";

  /** A folder, pipe, socket or device. */
  public static final String NO_FILE = "no_file";

  /** A member of an archive that is encrypted, or packed in a way that can't be read. */
  public static final String UNSUPPORTED = "unsupported";

  private final String code;

  /**
   * A failure of one image, which no other attempt would mend.
   *
   * @param code one stable lower-case word for programs
   * @param message what is wrong, the value and the consequence
   */
  public UnreadableImageException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The row's code. */
  public String code() {
    return code;
  }
}
