package org.retinaspark.udf.input;

import java.util.Arrays;
import java.util.List;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;

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
  /** {@code [batch, height, width, 3]}, 32-bit floats: as {@link #PLANES}, pixel by pixel. */
  INTERLEAVED(Float.BYTES) {
    @Override
    public long[] shape(int batch, int height, int width) {
      return PIXELS.shape(batch, height, width);
    }

    @Override
    public String text(InputSize size) {
      return "float " + channelsLast(size);
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
      return "uint8 " + channelsLast(size);
    }
  };

  private final int valueBytes;

  TensorLayout(int valueBytes) {
    this.valueBytes = valueBytes;
  }

  /** The axes of one input, without the batch. */
  public List<Integer> shape(Placement placement) {
    long[] axes = shape(1, placement.tensorHeight(), placement.tensorWidth());
    return Arrays.stream(axes).skip(1).mapToObj(Math::toIntExact).toList();
  }

  /** The tensor's axes for so many inputs of a height and width. */
  public abstract long[] shape(int batch, int height, int width);

  /** Type and axes of an input of this layout, for people. */
  public abstract String text(InputSize size);

  private static String channelsLast(InputSize size) {
    return "[%s, %s, %s, 3]"
        .formatted(
            InputSize.word(size.batch()),
            InputSize.word(size.height()),
            InputSize.word(size.width()));
  }

  /** Bytes of one input. */
  public long bytes(Placement placement) {
    return (long) Pixels.CHANNELS * placement.tensorHeight() * placement.tensorWidth() * valueBytes;
  }
}
