package org.retinaspark.udf.graph;

/**
 * What a convolution or a pooling sees of its input: a square around every {@code stride}-th cell,
 * zeros beyond the border, so that {@code n} cells give ceil(n / stride).
 *
 * @param kernel cells a side, odd
 * @param stride cells between neighbouring windows
 * @param groups parts that the channels are split into, each seen alone
 */
public record Window(int kernel, int stride, int groups) {

  /** A window over all channels. */
  public Window(int kernel, int stride) {
    this(kernel, stride, 1);
  }

  /** The same, said of each axis. */
  public SlidingWindow sliding() {
    SlidingWindow.Axis axis = new SlidingWindow.Axis(kernel, stride, 1, kernel / 2, kernel / 2);
    return new SlidingWindow(axis, axis, groups);
  }
}
