package org.retinaspark.udf.detect;

/** The order in which a network expects the colour channels of its input tensor. */
public enum ChannelOrder {
  /** Blue, green, red: the order of OpenCV and of {@link Pixels}. */
  BGR,
  /** Red, green, blue. */
  RGB
}
