package org.retinaspark.udf.tflite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Objects;

/** The small network that {@code reference.py} beside it makes, of every operator there is. */
public final class TinyTflite {

  static final int HEIGHT = 11;
  static final int WIDTH = 13;
  static final int CHANNELS = 4;

  private TinyTflite() {}

  /** The file; a new array each time. */
  public static byte[] file() {
    return resource("everything.tflite");
  }

  /** The input, {@code [1, 11, 13, 4]}, then the outputs in the file's order. */
  static FloatBuffer golden() {
    return ByteBuffer.wrap(resource("everything.f32"))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer();
  }

  private static byte[] resource(String name) {
    try (InputStream in = TinyTflite.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
