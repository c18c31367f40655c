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
  /** A detection with a score below 0 or above 1: no probability, but evaluated as it stands. */
  SCORE_OUTSIDE_0_TO_1,
  /** A text file with fewer lines than it announces, or without a number of them. */
  CUT_FILE,
  /** A text file with lines that aren't five numbers. */
  MALFORMED_FILE,
  /** A text file with more lines than it announces; the MATLAB tool leaves those beyond. */
  EXCEEDING_FILE,
  /** A text file with a header of one line or none, read by the layout that it seems to have. */
  HEADERLESS_FILE,
  /** A text file with more than five columns, read by the first five. */
  WIDE_FILE;

  /** The name in reports: {@code unknown image}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
