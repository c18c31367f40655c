package org.retinaspark.udf.detect;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * What a network said of one input, the batch dimension taken off.
 *
 * @param placement the input
 * @param tensors the outputs in the order that the family defines, each from index 0 to its limit
 */
public record NetworkOutput(Placement placement, List<FloatBuffer> tensors) {

  /** Keeps an unmodifiable list. */
  public NetworkOutput {
    tensors = List.copyOf(tensors);
  }

  /**
   * One output, checked.
   *
   * @throws InvalidOutputException if it doesn't have that many values
   */
  public FloatBuffer tensor(int index, long length) {
    FloatBuffer tensor = tensors.get(index);
    if (tensor.limit() != length) {
      throw new InvalidOutputException(
          "output %d has %d values for an input of %dx%d, where its family has %d"
              .formatted(
                  index,
                  tensor.limit(),
                  placement.tensorWidth(),
                  placement.tensorHeight(),
                  length));
    }
    return tensor;
  }
}
