package org.retinaspark.io;

/** A ground truth that is missing, or whose content can't be right. */
public final class GroundTruthException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong and what to do about it. */
  public GroundTruthException(String message) {
    super(message);
  }

  /** With what is wrong, what to do about it, and what the library said. */
  public GroundTruthException(String message, Throwable cause) {
    super(message, cause);
  }
}
