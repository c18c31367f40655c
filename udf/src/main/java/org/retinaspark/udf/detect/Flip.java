package org.retinaspark.udf.detect;

/** Which way round an image lies in a network input. */
public enum Flip {
  /** As it is. */
  NONE,
  /** Mirrored left to right: its first column last. */
  HORIZONTAL
}
