package org.retinaspark.udf.weights;

import org.retinaspark.udf.graph.Printable;

/** A file of weights that isn't one, is damaged, or asks for more than tensors. */
public final class WeightFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With the name of the file and what is wrong with it. */
  public WeightFileException(String file, String fault) {
    super("weights '" + Printable.text(file) + "' can't be used: " + fault);
  }

  /** With the name of a tensor too. */
  static WeightFileException ofTensor(String file, String tensor, String fault) {
    return new WeightFileException(file, "tensor '" + Printable.text(tensor) + "' " + fault);
  }
}
