package org.retinaspark.udf.runtime;

/** A session that can't be opened, or a run that failed. */
public final class InferenceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure with its cause, whose message is added. */
  public InferenceException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
