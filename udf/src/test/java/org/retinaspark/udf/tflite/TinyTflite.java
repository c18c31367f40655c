package org.retinaspark.udf.tflite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Objects;

/** The small networks that {@code reference.py} makes. */
public final class TinyTflite {

  static final int HEIGHT = 11;
  static final int WIDTH = 13;
  static final int CHANNELS = 4;

  private TinyTflite() {}

  /** One of every operator there is; a new array each time. */
  public static byte[] file() {
    return resource("everything.tflite");
  }

  /** One of the inputs and outputs of MediaPipe Face Mesh; a new array each time. */
  public static byte[] mesh() {
    return resource("mesh.tflite");
  }

  /** The input, {@code [1, 11, 13, 4]}, then the outputs in the file's order. */
  static FloatBuffer golden() {
    return ByteBuffer.wrap(resource("everything.f32"))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer();
  }

  static byte[] resource(String name) {
    try (InputStream in = TinyTflite.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
