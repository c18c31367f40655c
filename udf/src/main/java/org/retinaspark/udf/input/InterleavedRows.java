package org.retinaspark.udf.input;

import java.nio.FloatBuffer;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;

/** Makes normalised floats of pixels, the channels of each side by side. */
final class InterleavedRows implements TensorWriter.FloatSink {

  private final FloatBuffer tensor;
  private final InputFormat format;
  private final float[][] values;
  private final float[] line;

  InterleavedRows(InputFormat format, Placement placement, FloatBuffer tensor) {
    this.tensor = tensor;
    this.format = format;
    this.values = format.values();
    this.line = new float[placement.tensorWidth() * Pixels.CHANNELS];
  }

  @Override
  public void put(int row, byte[] bgr) {
    for (int colour = 0; colour < Pixels.CHANNELS; colour++) {
      float[] own = values[colour];
      int channel = format.channels().of(colour);
      for (int at = 0; at < line.length; at += Pixels.CHANNELS) {
        line[at + channel] = own[bgr[at + colour] & 0xff];
      }
    }
    tensor.put(row * line.length, line);
  }

  @Override
  public void put(int row, float[][] levels) {
    for (int colour = 0; colour < Pixels.CHANNELS; colour++) {
      float mean = format.meanOf(colour);
      float[] own = levels[colour];
      int channel = format.channels().of(colour);
      for (int column = 0; column < own.length; column++) {
        line[column * Pixels.CHANNELS + channel] = (own[column] - mean) * format.scale();
      }
    }
    tensor.put(row * line.length, line);
  }
}
