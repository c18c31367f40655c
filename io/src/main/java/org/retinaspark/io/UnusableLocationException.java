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

  /** For a location that its file system refuses. */
  public static UnusableLocationException because(String location, Exception failure) {
    return new UnusableLocationException(
        "'%s' can't be used (%s). Check the path and the access to it"
            .formatted(location, RootCause.text(failure)),
        failure);
  }
}
