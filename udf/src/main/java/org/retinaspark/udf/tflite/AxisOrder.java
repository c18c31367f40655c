package org.retinaspark.udf.tflite;

import java.util.List;

/** Brings values into the order that other axes have. */
final class AxisOrder {

  private AxisOrder() {}

  /**
   * Values with their axes in another order.
   *
   * @param values row-major
   * @param shape their axes
   * @param order for each axis of the result, which one it had been
   */
  static float[] of(float[] values, List<Integer> shape, int... order) {
    int rank = order.length;
    int[] steps = new int[rank];
    int step = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      steps[axis] = step;
      step *= shape.get(axis);
    }
    float[] ordered = new float[values.length];
    int[] place = new int[rank];
    int from = 0;
    for (int index = 0; index < ordered.length; index++) {
      ordered[index] = values[from];
      for (int axis = rank - 1; axis >= 0; axis--) {
        from += steps[order[axis]];
        if (++place[axis] < shape.get(order[axis])) {
          break;
        }
        from -= steps[order[axis]] * place[axis];
        place[axis] = 0;
      }
    }
    return ordered;
  }
}
