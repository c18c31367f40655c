package org.retinaspark.udf.runtime;

import java.util.List;

/**
 * What inputs must have in common to go through the network together.
 *
 * @param ports to which tensors of the model they speak
 * @param shape the axes of one input, without the batch
 */
public record InputKind(Ports ports, List<Integer> shape) {

  /** Keeps an unmodifiable list. */
  public InputKind {
    shape = List.copyOf(shape);
  }

  /** Bytes of one input. */
  public long bytes() {
    long bytes = ports.type().bytes();
    for (int side : shape) {
      bytes = Math.multiplyExact(bytes, (long) side);
    }
    return bytes;
  }

  /** The axes of so many inputs together: {@code [batch, ...shape]}. */
  long[] batched(int batch) {
    long[] axes = new long[shape.size() + 1];
    axes[0] = batch;
    for (int axis = 0; axis < shape.size(); axis++) {
      axes[axis + 1] = shape.get(axis);
    }
    return axes;
  }
}
