package org.retinaspark.udf.detect;

import java.nio.FloatBuffer;

/** Takes pixels apart into planes of normalised floats. */
final class PlaneRows implements TensorWriter.RowSink {

  private static final int LEVELS = 256;

  private final FloatBuffer tensor;
  private final ChannelOrder order;
  private final float[][] values = new float[Pixels.CHANNELS][LEVELS];
  private final float[] line;
  private final int planeLength;

  PlaneRows(InputFormat format, Placement placement, FloatBuffer tensor) {
    this.tensor = tensor;
    this.order = format.channels();
    this.line = new float[placement.tensorWidth()];
    this.planeLength = placement.tensorWidth() * placement.tensorHeight();
    for (int channel = 0; channel < values.length; channel++) {
      for (int level = 0; level < LEVELS; level++) {
        values[channel][level] = (level - format.mean().get(channel)) * format.scale();
      }
    }
  }

  @Override
  public void put(int row, byte[] bgr) {
    for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
      float[] value = values[channel];
      int at = order == ChannelOrder.BGR ? channel : Pixels.CHANNELS - 1 - channel;
      for (int column = 0; column < line.length; column++, at += Pixels.CHANNELS) {
        line[column] = value[bgr[at] & 0xff];
      }
      tensor.put(channel * planeLength + row * line.length, line);
    }
  }
}
