package org.retinaspark.udf.runtime;

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

  private final Map<Seen, Map<String, long[]>> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Seen, Map<String, long[]>> eldest) {
          return size() > MOST_SIZES;
        }
      };

  /** The shapes by name; empty for an input not seen yet, or whose outputs aren't all floats. */
  synchronized Optional<Map<String, long[]>> of(Ports ports, long[] input) {
    return Optional.ofNullable(seen.get(key(ports, input)));
  }

  /** Takes note of the outputs of a run. */
  synchronized void learn(Ports ports, long[] input, Map<String, OnnxTensor> outputs) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    boolean floats = true;
    for (Map.Entry<String, OnnxTensor> output : outputs.entrySet()) {
      floats &= output.getValue().getInfo().type == OnnxJavaType.FLOAT;
      shapes.put(output.getKey(), output.getValue().getInfo().getShape());
    }
    if (floats) {
      seen.put(key(ports, input), shapes);
    }
  }

  private static Seen key(Ports ports, long[] shape) {
    return new Seen(ports, Arrays.stream(shape).boxed().toList());
  }

  private record Seen(Ports ports, List<Long> input) {}
}
