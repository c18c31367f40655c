package org.retinaspark.job.measures;

import java.util.Locale;

/**
 * Whose rules the WIDER FACE evaluation follows; the numbers differ in the third or fourth decimal.
 */
public enum Dialect {
  /**
   * The official MATLAB tool as released: detections sorted by descending score, a missing file is
   * no detections, scores normalised in single precision, and overlaps with an {@code int32} ground
   * truth computed in {@code int32}, which rounds them to 0 or 1.
   */
  MATLAB,
  /** The copies of the MATLAB tool that cast the ground truth to double first. */
  MATLAB_DOUBLE,
  /**
   * The Python port: the file's order instead of sorting, scores normalised in double precision
   * over a range that starts as [1, 0], and a missing file is an error.
   */
  PYTHON;

  /** The name on the command line and in reports: {@code matlab-double}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
