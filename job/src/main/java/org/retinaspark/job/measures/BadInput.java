package org.retinaspark.job.measures;

/** What becomes of duplicate images, numbers that aren't finite and files that aren't whole. */
public enum BadInput {
  /** An error: no number is given. */
  FAIL,
  /** One row of an image is kept, broken detections are dropped; both are counted. */
  DROP
}
