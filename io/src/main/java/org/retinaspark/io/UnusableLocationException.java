package org.retinaspark.io;

/** An input or output location that can't be used; the message says which, why and what to do. */
public final class UnusableLocationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For a location that is not as it must be. */
  public UnusableLocationException(String message) {
    super(message);
  }

  /** For a location that could not be reached. */
  public UnusableLocationException(String message, Throwable cause) {
    super(message, cause);
  }
}
