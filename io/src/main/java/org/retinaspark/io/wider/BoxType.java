package org.retinaspark.io.wider;

/** How a ground truth stores its boxes, which decides the arithmetic of the MATLAB tool. */
public enum BoxType {
  /** {@code int32}, as the released files of WIDER FACE: MATLAB computes overlaps in integers. */
  INT32,
  /** Floating point, as text files and older releases. */
  REAL
}
