package org.retinaspark.udf.detect;

/** A network's output that can't be what its family promises: wrong in size, or not numbers. */
public final class InvalidOutputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what the network gave, and what its family promises. */
  public InvalidOutputException(String message) {
    super(message);
  }
}
