package org.retinaspark.udf.graph;

import java.util.List;

/**
 * What goes into a model and what comes out.
 *
 * @param inputs the graph's inputs without its initialisers, in the file's order
 * @param outputs the graph's outputs, in the file's order
 */
public record ModelSignature(List<TensorSignature> inputs, List<TensorSignature> outputs) {

  private static final int MOST_PRINTED = 40;

  public ModelSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** One line an input or output, each with its end. */
  public String text() {
    StringBuilder text = new StringBuilder();
    print("  input   ", inputs, text);
    print("  output  ", outputs, text);
    return text.toString();
  }

  private static void print(String kind, List<TensorSignature> tensors, StringBuilder text) {
    for (TensorSignature tensor : tensors.subList(0, Math.min(tensors.size(), MOST_PRINTED))) {
      text.append(kind).append(tensor.text()).append('\n');
    }
    if (tensors.size() > MOST_PRINTED) {
      text.append(kind).append("and ").append(tensors.size() - MOST_PRINTED).append(" more\n");
    }
  }
}
