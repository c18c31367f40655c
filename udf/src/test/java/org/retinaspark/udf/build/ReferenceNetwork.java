package org.retinaspark.udf.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * Files that {@code reference.py}, which lies beside them, made with PyTorch, and the numbers that
 * it computed with.
 */
final class ReferenceNetwork {

  static final int HEIGHT = 64;
  static final int WIDTH = 96;

  /** The first convolution divides by it what is as large as pixels. */
  private static final int PIXELS = 64;

  private ReferenceNetwork() {}

  /** The shape of each tensor by name. */
  static Map<String, int[]> shapes(String file) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    new String(bytes(file), UTF_8)
        .lines()
        .map(line -> line.split(" ", -1))
        .forEach(
            words ->
                shapes.put(
                    words[0],
                    words[1].equals("scalar")
                        ? new int[0]
                        : Arrays.stream(words[1].split("x", -1))
                            .mapToInt(Integer::parseInt)
                            .toArray()));
    return shapes;
  }

  /** The tensors of a state dict as a file, the numbers after the reference's names. */
  static StateDictFile file(String names) {
    StateDictFile file = new StateDictFile();
    shapes(names).forEach((name, shape) -> file.put(name, value(name, shape), shape));
    return file;
  }

  static FloatBuffer outputs(String file) {
    return ByteBuffer.wrap(bytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  static ByteBuffer image() {
    int count = 3 * HEIGHT * WIDTH;
    ByteBuffer image =
        ByteBuffer.allocateDirect(Float.BYTES * count).order(ByteOrder.nativeOrder());
    for (int index = 0; index < count; index++) {
      image.putFloat((float) (hashed("image", index) * PIXELS));
    }
    return image.flip();
  }

  static float[] value(String name, int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    int inputs = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
    int seed = seed(name);
    for (int index = 0; index < values.length; index++) {
      double number = hashed(seed, index);
      if (shape.length > 1) {
        number *= Math.sqrt(6.0 / inputs) / (shape[1] == 3 ? PIXELS : 1);
      } else if (name.endsWith("running_var")) {
        number = 1 + number / 2;
      } else if (name.endsWith("weight")) {
        number = (name.contains(".bn3.") ? 0.2 : 1) + number / 10;
      } else {
        number /= 10;
      }
      values[index] = (float) number;
    }
    return values;
  }

  private static double hashed(String name, int index) {
    return hashed(seed(name), index);
  }

  private static int seed(String name) {
    CRC32 checksum = new CRC32();
    checksum.update(name.getBytes(UTF_8));
    return (int) checksum.getValue();
  }

  /** The finaliser of MurmurHash3, as a number from -1 to 1. */
  private static double hashed(int seed, int index) {
    int bits = index * 0x9E3779B1 + seed;
    bits ^= bits >>> 16;
    bits *= 0x85EBCA6B;
    bits ^= bits >>> 13;
    bits *= 0xC2B2AE35;
    bits ^= bits >>> 16;
    return Integer.toUnsignedLong(bits) / 0x1p31 - 1;
  }

  private static byte[] bytes(String name) {
    try (InputStream file = ReferenceNetwork.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
