package org.retinaspark.job.train.fit;

/** Samples that tell no head; the message says which, why and what to do. */
public final class UnfittableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnfittableException(String message) {
    super(message);
  }
}
