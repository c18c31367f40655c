package org.retinaspark.bench;

import java.nio.FloatBuffer;
import org.retinaspark.udf.detect.Protocol;

/**
 * The input of a PyTorch-family RetinaFace, filled by the loop that most ports have.
 *
 * @param width of the input
 * @param height of the input
 * @param tensor {@code [1, 3, height, width]}, BGR minus the mean
 * @param scale pixels of the photo in a pixel of the input
 */
record PlainPhoto(int width, int height, FloatBuffer tensor, float scale) {

  private static final float[] MEAN = {104, 117, 123};
  private static final int LONG_SIDE = 640;

  /** What the width and height of a photo are multiplied by under a protocol. */
  static double factor(int width, int height, Protocol protocol) {
    return switch (protocol.label()) {
      case "original" -> 1;
      case "vga" -> (double) LONG_SIDE / Math.max(width, height);
      default -> throw new IllegalArgumentException("no plain loop does " + protocol.label());
    };
  }

  /** From interleaved BGR bytes. */
  static PlainPhoto ofBgr(byte[] bgr, int width, int height, double factor) {
    float[] tensor = new float[3 * width * height];
    for (int channel = 0; channel < 3; channel++) {
      for (int pixel = 0; pixel < width * height; pixel++) {
        tensor[channel * width * height + pixel] =
            (bgr[pixel * 3 + channel] & 0xff) - MEAN[channel];
      }
    }
    return new PlainPhoto(width, height, FloatBuffer.wrap(tensor), (float) (1 / factor));
  }

  /** From pixels {@code 0xRRGGBB}, as the JDK gives them. */
  static PlainPhoto ofRgb(int[] rgb, int width, int height, double factor) {
    float[] tensor = new float[3 * width * height];
    for (int channel = 0; channel < 3; channel++) {
      for (int pixel = 0; pixel < width * height; pixel++) {
        tensor[channel * width * height + pixel] =
            (rgb[pixel] >> (8 * channel) & 0xff) - MEAN[channel];
      }
    }
    return new PlainPhoto(width, height, FloatBuffer.wrap(tensor), (float) (1 / factor));
  }

  long[] shape() {
    return new long[] {1, 3, height, width};
  }
}
