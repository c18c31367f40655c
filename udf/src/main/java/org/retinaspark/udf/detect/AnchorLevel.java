package org.retinaspark.udf.detect;

import java.io.Serializable;
import java.util.List;

/**
 * The anchors of one feature map.
 *
 * @param stride network pixels between neighbouring cells
 * @param sizes side lengths of the square anchors of a cell, in network pixels; for an anchor-free
 *     family its reach of one stride, once a prediction
 */
public record AnchorLevel(int stride, List<Float> sizes) implements Serializable {

  /** Keeps an unmodifiable list. */
  public AnchorLevel {
    sizes = List.copyOf(sizes);
  }

  /** Cells along a side of the network's input, a partial one included. */
  public int cells(int side) {
    return (side + stride - 1) / stride;
  }

  /** Anchors for an input of this size. */
  public long count(int tensorWidth, int tensorHeight) {
    return (long) cells(tensorWidth) * cells(tensorHeight) * sizes.size();
  }
}
