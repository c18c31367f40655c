package org.retinaspark.udf.model;

/** What an import does with the way from pixels to a network's numbers. */
public enum Preprocessing {
  /** The input stays what it is. */
  AS_IS,
  /**
   * The input takes pixels, {@link org.retinaspark.udf.input.TensorLayout#PIXELS}; conversion to
   * floats, order of channels, mean, scale and transposition move into the graph.
   */
  FOLDED
}
