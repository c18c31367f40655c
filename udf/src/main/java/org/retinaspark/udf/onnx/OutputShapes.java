package org.retinaspark.udf.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shapes that a model's outputs had for each shape of its input, of the sizes seen last: a
 * model doesn't tell before it runs. Safe for use by several threads.
 */
final class OutputShapes {

  /** Sizes of which the shapes are kept. */
  private static final int MOST_SIZES = 4096;

  private final Map<List<Long>, Map<String, long[]>> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Long>, Map<String, long[]>> eldest) {
          return size() > MOST_SIZES;
        }
      };

  /** The shapes by name; empty for an input not seen yet, or whose outputs aren't all floats. */
  synchronized Optional<Map<String, long[]>> of(long[] input) {
    return Optional.ofNullable(seen.get(key(input)));
  }

  /** Takes note of the outputs of a run. */
  synchronized void learn(long[] input, Map<String, OnnxTensor> outputs) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    boolean floats = true;
    for (Map.Entry<String, OnnxTensor> output : outputs.entrySet()) {
      floats &= output.getValue().getInfo().type == OnnxJavaType.FLOAT;
      shapes.put(output.getKey(), output.getValue().getInfo().getShape());
    }
    if (floats) {
      seen.put(key(input), shapes);
    }
  }

  private static List<Long> key(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
