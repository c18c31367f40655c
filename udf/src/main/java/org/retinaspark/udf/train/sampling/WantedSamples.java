package org.retinaspark.udf.train.sampling;

/** Which samples are taken. */
public enum WantedSamples {
  /** Positives and negatives. */
  ALL,
  /**
   * The hardest negatives only, as many as there would be beside the positives: a later round of
   * mining.
   */
  NEGATIVES
}
