package org.retinaspark.udf.detect;

/** How the values of an input tensor lie in memory. */
public enum TensorLayout {
  /** {@code [batch, 3, height, width]}, 32-bit floats: one plane a channel, normalised. */
  PLANES(Float.BYTES) {
    @Override
    public long[] shape(int batch, int height, int width) {
      return new long[] {batch, Pixels.CHANNELS, height, width};
    }

    @Override
    public String text(InputSize size) {
      return "float " + size;
    }
  },
  /**
   * {@code [batch, height, width, 3]}, unsigned bytes: pixels as they are decoded, in the order of
   * {@link Pixels}. What else has to be done to them is done by the graph.
   */
  PIXELS(Byte.BYTES) {
    @Override
    public long[] shape(int batch, int height, int width) {
      return new long[] {batch, height, width, Pixels.CHANNELS};
    }

    @Override
    public String text(InputSize size) {
      return "uint8 [%s, %s, %s, 3]"
          .formatted(
              InputSize.word(size.batch()),
              InputSize.word(size.height()),
              InputSize.word(size.width()));
    }
  };

  private final int valueBytes;

  TensorLayout(int valueBytes) {
    this.valueBytes = valueBytes;
  }

  /** The tensor's axes for so many inputs of a height and width. */
  public abstract long[] shape(int batch, int height, int width);

  /** Type and axes of an input of this layout, for people. */
  public abstract String text(InputSize size);

  /** Bytes of one input. */
  public long bytes(Placement placement) {
    return placement.tensorLength() * valueBytes;
  }
}
