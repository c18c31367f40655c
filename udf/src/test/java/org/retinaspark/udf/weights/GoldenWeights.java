package org.retinaspark.udf.weights;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Files that {@code reference.py}, which lies beside them, made with PyTorch, numpy and
 * safetensors.
 */
final class GoldenWeights {

  private GoldenWeights() {}

  static byte[] bytes(String name) {
    try (InputStream file = GoldenWeights.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What the formats' own libraries read, by file and name of the tensor. */
  static Map<String, List<Expected>> expected() {
    Map<String, List<Expected>> files = new LinkedHashMap<>();
    List<Expected> tensors = new ArrayList<>();
    for (String line : new String(bytes("expected.txt"), UTF_8).split("\n", -1)) {
      if (line.startsWith("file ")) {
        tensors = new ArrayList<>();
        files.put(line.substring(5), tensors);
      } else if (!line.isEmpty()) {
        tensors.add(Expected.of(line.trim().split(" ", -1)));
      }
    }
    return files;
  }

  record Expected(String name, List<Integer> shape, float[] values) {

    private static Expected of(String[] words) {
      List<Integer> shape =
          words[1].equals("scalar")
              ? List.of()
              : Arrays.stream(words[1].split("x", -1)).map(Integer::valueOf).toList();
      float[] values = new float[words.length - 2];
      for (int index = 0; index < values.length; index++) {
        values[index] = value(words[index + 2]);
      }
      return new Expected(words[0], shape, values);
    }

    private static float value(String text) {
      return switch (text) {
        case "nan" -> Float.NaN;
        case "inf" -> Float.POSITIVE_INFINITY;
        case "-inf" -> Float.NEGATIVE_INFINITY;
        default -> Float.parseFloat(text);
      };
    }
  }
}
