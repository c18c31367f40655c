package org.retinaspark.udf.tflite;

import java.util.Optional;
import org.retinaspark.udf.graph.SlidingWindow;

/**
 * How TFLite lays windows over a map; the formulas are those of {@code ComputePaddingHeightWidth}
 * and {@code ComputeOutSize} in its kernels ({@code padding.h}).
 */
enum BorderRule {
  /** As many windows as strides begin within the map; the border's odd cell lies at the end. */
  SAME,
  /** Only windows that lie within the map. */
  VALID;

  /** By the code of the schema's {@code Padding}. */
  static Optional<BorderRule> of(int code) {
    return code == 0 ? Optional.of(SAME) : code == 1 ? Optional.of(VALID) : Optional.empty();
  }

  /**
   * How many windows there are along an axis; 0 or less where none fits.
   *
   * @param length cells of the axis
   */
  long windows(int length, int kernel, int stride, int dilation) {
    long covered = this == SAME ? length : length - reach(kernel, dilation) + 1;
    return Math.floorDiv(covered + stride - 1, (long) stride);
  }

  /** The windows of an axis that has some. */
  SlidingWindow.Axis axis(int length, int kernel, int stride, int dilation) {
    long windows = windows(length, kernel, stride, dilation);
    long beyond =
        this == SAME ? Math.max(0, (windows - 1) * stride + reach(kernel, dilation) - length) : 0;
    int before = Math.toIntExact(beyond / 2);
    int after = Math.toIntExact(beyond - before);
    return new SlidingWindow.Axis(kernel, stride, dilation, before, after);
  }

  private static long reach(int kernel, int dilation) {
    return (kernel - 1L) * dilation + 1;
  }
}
