package org.retinaspark.udf.graph;

/** A file that is no usable ONNX model at all, or one whose metadata can't be meant. */
public final class InvalidModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With the name of the file and what is wrong with it. */
  public InvalidModelException(String model, String fault) {
    super("model '" + Printable.text(model) + "' can't be used: " + fault);
  }
}
