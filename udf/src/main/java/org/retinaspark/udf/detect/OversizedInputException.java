package org.retinaspark.udf.detect;

/** An image that a protocol would make a network input of that can't be held. */
public final class OversizedInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OversizedInputException(String message) {
    super(message);
  }
}
