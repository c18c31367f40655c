package org.retinaspark.udf.runtime;

import java.io.Serializable;
import java.util.List;

/**
 * The tensors by which a request speaks to a model. They belong to the request, not to the session:
 * two requests may read one session's outputs in different ways.
 *
 * @param input name of the input
 * @param type of the input's elements
 * @param outputs names of the outputs, in the order in which they are wanted
 * @param batchLimit inputs that one run takes, at most
 */
public record Ports(String input, ElementType type, List<String> outputs, int batchLimit)
    implements Serializable {

  /** Keeps an unmodifiable list. */
  public Ports {
    outputs = List.copyOf(outputs);
  }
}
