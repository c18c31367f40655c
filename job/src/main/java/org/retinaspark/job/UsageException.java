package org.retinaspark.job;

import org.jspecify.annotations.Nullable;

/** The command line or the configuration is wrong: exit status 2, the message alone is shown. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** An error whose message says what is wrong, the value, the consequence and the remedy. */
  public UsageException(String message) {
    super(message);
  }

  /** The same, with what brought it up. */
  public UsageException(@Nullable String message, Throwable cause) {
    super(message, cause);
  }
}
