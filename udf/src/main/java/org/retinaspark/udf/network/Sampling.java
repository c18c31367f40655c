package org.retinaspark.udf.network;

/** Where the 3x3 convolutions of pyramid and context modules look. */
public enum Sampling {
  /** At the neighbouring cells. */
  REGULAR,
  /**
   * At places that another 3x3 convolution computes: deformable convolution, which the paper has in
   * place of every 3x3 convolution of lateral connections and context modules.
   */
  DEFORMABLE
}
