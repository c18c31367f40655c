package org.retinaspark.udf.detect;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Writes an image into a tensor {@code [3, height, width]}: bilinear resize with half-pixel centres
 * (OpenCV's {@code INTER_LINEAR}, ONNX's {@code half_pixel}, but without rounding the result to
 * whole numbers), channel order, mean and scale, black below and to the right.
 */
final class TensorWriter {

  private final InputFormat format;
  private final Placement placement;
  private final float[][] planes;

  TensorWriter(InputFormat format, Placement placement) {
    this.format = format;
    this.placement = placement;
    this.planes = new float[Pixels.CHANNELS][placement.tensorWidth()];
  }

  void write(Pixels image, FloatBuffer tensor) {
    for (int channel = 0; channel < planes.length; channel++) {
      Arrays.fill(planes[channel], normalised(channel, 0));
    }
    boolean resized =
        placement.contentWidth() != image.width() || placement.contentHeight() != image.height();
    if (resized) {
      writeResized(image, tensor);
    } else {
      writeSame(image, tensor);
    }
    for (int channel = 0; channel < planes.length; channel++) {
      Arrays.fill(planes[channel], normalised(channel, 0));
    }
    for (int row = placement.contentHeight(); row < placement.tensorHeight(); row++) {
      put(row, tensor);
    }
  }

  private void writeSame(Pixels image, FloatBuffer tensor) {
    byte[] bgr = image.bgr();
    float[][] values = new float[Pixels.CHANNELS][256];
    for (int channel = 0; channel < values.length; channel++) {
      for (int value = 0; value < 256; value++) {
        values[channel][value] = normalised(channel, value);
      }
    }
    int width = image.width();
    for (int row = 0; row < image.height(); row++) {
      for (int channel = 0; channel < planes.length; channel++) {
        float[] plane = planes[channel];
        float[] value = values[channel];
        int at = row * width * Pixels.CHANNELS + source(channel);
        for (int column = 0; column < width; column++, at += Pixels.CHANNELS) {
          plane[column] = value[bgr[at] & 0xff];
        }
      }
      put(row, tensor);
    }
  }

  private void writeResized(Pixels image, FloatBuffer tensor) {
    int width = placement.contentWidth();
    LinearResize across = LinearResize.between(image.width(), width);
    LinearResize down = LinearResize.between(image.height(), placement.contentHeight());
    ResizedRows rows = new ResizedRows(image, across);
    for (int row = 0; row < placement.contentHeight(); row++) {
      float[] upper = rows.row(down.first(row));
      float[] lower = rows.row(down.second(row));
      float weight = down.weight(row);
      for (int channel = 0; channel < planes.length; channel++) {
        float[] plane = planes[channel];
        float mean = format.mean().get(channel);
        float scale = format.scale();
        int at = source(channel) * width;
        for (int column = 0; column < width; column++, at++) {
          float value = upper[at] + (lower[at] - upper[at]) * weight;
          plane[column] = (value - mean) * scale;
        }
      }
      put(row, tensor);
    }
  }

  private void put(int row, FloatBuffer tensor) {
    int width = placement.tensorWidth();
    int planeLength = width * placement.tensorHeight();
    for (int channel = 0; channel < planes.length; channel++) {
      tensor.put(channel * planeLength + row * width, planes[channel]);
    }
  }

  private float normalised(int channel, float value) {
    return (value - format.mean().get(channel)) * format.scale();
  }

  /** Where a channel of the tensor stands among the image's blue, green and red. */
  private int source(int channel) {
    return format.channels() == ChannelOrder.BGR ? channel : Pixels.CHANNELS - 1 - channel;
  }
}
