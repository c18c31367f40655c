package org.retinaspark.udf.detect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Files that {@code reference.py}, which lies beside them, made with numpy and OpenCV. */
public final class ReferenceFiles {

  private ReferenceFiles() {}

  public static byte[] bytes(String name) {
    try (InputStream file = ReferenceFiles.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static FloatBuffer floats(String name) {
    FloatBuffer stored =
        ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    return FloatBuffer.allocate(stored.limit()).put(stored).flip();
  }

  /** Rows of comma-separated numbers. */
  static List<double[]> rows(String name) {
    return new String(bytes(name), UTF_8)
        .lines()
        .map(line -> Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }
}
