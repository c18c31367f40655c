package org.retinaspark.udf.input;

import java.nio.FloatBuffer;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;

/** Takes pixels apart into planes of normalised floats. */
final class PlaneRows implements TensorWriter.FloatSink {

  private final FloatBuffer tensor;
  private final InputFormat format;
  private final float[][] values;
  private final float[][] lines;
  private final int planeLength;

  PlaneRows(InputFormat format, Placement placement, FloatBuffer tensor) {
    this.tensor = tensor;
    this.format = format;
    this.lines = new float[Pixels.CHANNELS][placement.tensorWidth()];
    this.planeLength = placement.tensorWidth() * placement.tensorHeight();
    this.values = format.values();
  }

  @Override
  public void put(int row, byte[] bgr) {
    float[] blue = lines[0];
    float[] green = lines[1];
    float[] red = lines[2];
    for (int column = 0, at = 0; column < blue.length; column++, at += Pixels.CHANNELS) {
      blue[column] = values[0][bgr[at] & 0xff];
      green[column] = values[1][bgr[at + 1] & 0xff];
      red[column] = values[2][bgr[at + 2] & 0xff];
    }
    put(row);
  }

  @Override
  public void put(int row, float[][] levels) {
    for (int colour = 0; colour < Pixels.CHANNELS; colour++) {
      normalise(levels[colour], format.meanOf(colour), format.scale(), lines[colour]);
    }
    put(row);
  }

  private static void normalise(float[] levels, float mean, float scale, float[] line) {
    for (int column = 0; column < line.length; column++) {
      line[column] = (levels[column] - mean) * scale;
    }
  }

  private void put(int row) {
    for (int colour = 0; colour < Pixels.CHANNELS; colour++) {
      float[] line = lines[colour];
      tensor.put(format.channels().of(colour) * planeLength + row * line.length, line);
    }
  }
}
