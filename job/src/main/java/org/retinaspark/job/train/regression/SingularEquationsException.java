package org.retinaspark.job.train.regression;

/** Equations without one solution; the message says why there is none. */
public final class SingularEquationsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For equations that can't be solved. */
  public SingularEquationsException(String message) {
    super(message);
  }
}
