package org.retinaspark.udf.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.retinaspark.udf.weights.WeightFile;

/** Named tensors, written as safetensors. */
final class StateDictFile {

  private final Map<String, float[]> values = new LinkedHashMap<>();
  private final Map<String, int[]> shapes = new LinkedHashMap<>();

  StateDictFile put(String name, float[] tensor, int... shape) {
    values.put(name, tensor);
    shapes.put(name, shape);
    return this;
  }

  StateDictFile remove(String name) {
    values.remove(name);
    shapes.remove(name);
    return this;
  }

  float[] values(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /** The same with something before each name. */
  StateDictFile prefixed(String prefix) {
    StateDictFile file = new StateDictFile();
    values.forEach(
        (name, tensor) ->
            file.put(prefix + name, tensor, Objects.requireNonNull(shapes.get(name))));
    return file;
  }

  byte[] bytes() {
    StringJoiner header = new StringJoiner(",", "{", "}");
    int end = 0;
    for (Map.Entry<String, float[]> entry : values.entrySet()) {
      int begin = end;
      end += Float.BYTES * entry.getValue().length;
      header.add(
          "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(entry.getKey(), Arrays.toString(shapes.get(entry.getKey())), begin, end));
    }
    byte[] json = header.toString().getBytes(UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(Long.BYTES + json.length + end).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    values.values().forEach(tensor -> put(file, tensor));
    return file.array();
  }

  private static void put(ByteBuffer file, float[] tensor) {
    file.asFloatBuffer().put(tensor);
    file.position(file.position() + Float.BYTES * tensor.length);
  }

  WeightFile read() {
    return WeightFile.read(bytes(), "weights.safetensors");
  }
}
