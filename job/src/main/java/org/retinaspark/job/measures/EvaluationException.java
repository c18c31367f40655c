package org.retinaspark.job.measures;

/** Detections that can't be evaluated under the rules asked for. */
public final class EvaluationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong and what to do about it. */
  public EvaluationException(String message) {
    super(message);
  }
}
