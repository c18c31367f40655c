package org.retinaspark.io.detections;

/** Detections that can't be read as what they are said to be. */
public final class DetectionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong and what to do about it. */
  public DetectionException(String message) {
    super(message);
  }
}
