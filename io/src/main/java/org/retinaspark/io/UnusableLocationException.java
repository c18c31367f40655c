package org.retinaspark.io;

/** An input or output location that can't be used; the message says which, why and what to do. */
public final class UnusableLocationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A location that is wrong in itself. */
  public UnusableLocationException(String message) {
    super(message);
  }

  /** A location that failed. */
  public UnusableLocationException(String message, Throwable cause) {
    super(message, cause);
  }
}
