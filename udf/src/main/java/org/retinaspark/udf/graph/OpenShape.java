package org.retinaspark.udf.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The target of a reshape with the batch taken from its input ({@code 0}) and the number of
 * anchors, or of rows, found by what is left ({@code -1}).
 */
final class OpenShape {

  private static final long FROM_INPUT = 0;
  private static final long FROM_REST = -1;
  private static final int ANCHORS_RANK = 3;
  private static final int MAP_RANK = 4;

  private OpenShape() {}

  /** The open form of a shape, or the shape itself where it is open or unclear. */
  static List<Long> of(List<Long> shape) {
    if (shape.size() == ANCHORS_RANK && shape.get(2) > 0) {
      // [1, 16800, 4], [0, 16800, 4], [1, -1, 4] or [-1, 16800, 4]
      return List.of(FROM_INPUT, FROM_REST, shape.get(2));
    }
    if (shape.size() == MAP_RANK && shape.get(1) > 0 && shape.get(3) > 0) {
      // [1, 2, 40, 20] of [1, 4, 20, 20]: the softmax over pairs of MXNet's exporter
      return List.of(FROM_INPUT, shape.get(1), FROM_REST, FROM_INPUT);
    }
    if (shape.size() > 1 && shape.get(0) == 1 && Collections.frequency(shape, FROM_REST) == 1) {
      List<Long> open = new ArrayList<>(shape);
      open.set(0, FROM_INPUT);
      return List.copyOf(open);
    }
    return shape;
  }
}
