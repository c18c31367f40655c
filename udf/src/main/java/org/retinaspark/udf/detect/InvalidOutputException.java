package org.retinaspark.udf.detect;

/** A network's output that can't be what its family promises: wrong in size, or not numbers. */
public final class InvalidOutputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidOutputException(String message) {
    super(message);
  }
}
