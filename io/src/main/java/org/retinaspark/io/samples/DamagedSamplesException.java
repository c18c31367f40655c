package org.retinaspark.io.samples;

/** Samples that are not what the model's fit needs; the message says of which image, and why. */
public final class DamagedSamplesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DamagedSamplesException(String message, Throwable fault) {
    super(message, fault);
  }
}
