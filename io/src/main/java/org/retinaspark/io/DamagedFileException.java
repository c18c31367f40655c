package org.retinaspark.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that is there, but doesn't hold what it must; the message says what is wrong with it. */
public final class DamagedFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * For a file whose content is wrong; the message doesn't name it, since who reads it knows it.
   */
  public DamagedFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
