package org.retinaspark.udf.pipeline;

/** What this executor can't go on after, and no image is to blame for: the task fails. */
public final class BrokenExecutorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenExecutorException(String message) {
    super(message);
  }

  BrokenExecutorException(String message, Throwable cause) {
    super(message, cause);
  }
}
