package org.retinaspark.io.detections;

/** What is read of a face. */
public enum FaceParts {
  /** Score and box. */
  BOXES,
  /** Score, box and five landmarks. */
  WITH_LANDMARKS
}
