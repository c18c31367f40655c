package org.retinaspark.job.measures;

import java.util.Locale;

/** What can be wrong with detections; each is counted and reported. */
public enum DetectionFault {
  /** Detections of an image that the ground truth lacks; not evaluated. */
  UNKNOWN_IMAGE,
  /** An image of the ground truth without a row or file: no detections. */
  MISSING_IMAGE,
  /** An image whose row says {@code failed}: no detections. */
  FAILED_IMAGE,
  /** An image with several rows: an error, or all but one dropped. */
  DUPLICATE_IMAGE,
  /** A detection with a NaN, infinite or null number: an error, or dropped. */
  NOT_FINITE,
  /** A detection of negative width or height: evaluated as it stands, as the official tool does. */
  NEGATIVE_SIZE,
  /** A text file with fewer lines than it announces. */
  CUT_FILE,
  /** A text file with lines that aren't five numbers. */
  MALFORMED_FILE;

  /** The name in reports: {@code unknown image}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
