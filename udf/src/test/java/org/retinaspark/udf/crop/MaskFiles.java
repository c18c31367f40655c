package org.retinaspark.udf.crop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/** Files that {@code masks.py}, which lies beside them, made with pycocotools. */
final class MaskFiles {

  private MaskFiles() {}

  /** Values by commas, which the code of a mask has none of. */
  static List<String[]> rows(String name) {
    return new String(bytes(name), US_ASCII).lines().map(line -> line.split(",", -1)).toList();
  }

  static float[] floats(String name) {
    byte[] bytes = bytes(name);
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  private static byte[] bytes(String name) {
    try (InputStream file = MaskFiles.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
