package org.retinaspark.job.measures;

/** What becomes of duplicate images and of numbers that aren't finite. */
public enum BadInput {
  /** An error: no number is given. */
  FAIL,
  /** One row of an image is kept, broken detections are dropped; both are counted. */
  DROP
}
