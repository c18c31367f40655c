package org.retinaspark.job.eval;

/** The numbers that overlaps are computed in. */
public enum BoxArithmetic {
  /** IEEE double precision. */
  DOUBLE,
  /** MATLAB's {@code int32}: each operation rounds half away from zero and saturates. */
  INT32
}
