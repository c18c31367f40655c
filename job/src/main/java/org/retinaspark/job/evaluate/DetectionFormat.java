package org.retinaspark.job.evaluate;

/** What detections are read from. */
public enum DetectionFormat {
  /** The Parquet table that {@code detect} writes. */
  TABLE,
  /** A folder of {@code <event>/<image>.txt}, as submitted to the benchmark. */
  WIDERFACE
}
