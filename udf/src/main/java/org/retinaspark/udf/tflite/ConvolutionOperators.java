package org.retinaspark.udf.tflite;

import java.util.List;
import org.retinaspark.udf.graph.SlidingWindow;
import org.retinaspark.udf.graph.Value;

/** Convolutions: kernels of {@code [outputs, height, width, inputs]} become ONNX's. */
final class ConvolutionOperators {

  private ConvolutionOperators() {}

  /** CONV_2D; kernels of fewer channels than the map has are of groups. */
  static void convolution(TranslatedGraph graph, TfliteOperator operator) {
    TfliteTensor map = graph.map(operator, 0);
    TfliteTensor kernels = graph.map(operator, 1);
    int outputs = kernels.length(0);
    int inputs = kernels.length(3);
    int groups = map.length(3) / inputs;
    if (groups * inputs != map.length(3) || outputs % Math.max(1, groups) != 0) {
      throw graph.refusal(operator, "has %s for %s".formatted(kernels.text(), map.text()));
    }
    float[] weights = AxisOrder.of(graph.floats(operator, 1), kernels.shape(), 0, 3, 1, 2);
    int[] shape = {outputs, inputs, kernels.length(1), kernels.length(2)};
    add(
        graph,
        operator,
        WindowOptions.of(graph, operator, 4),
        fused(graph, operator, 3),
        groups,
        graph.constant(kernels, weights, shape),
        shape);
  }

  /** DEPTHWISE_CONV_2D: each channel alone gives some, which stay beside each other. */
  static void depthwise(TranslatedGraph graph, TfliteOperator operator) {
    TfliteTensor map = graph.map(operator, 0);
    TfliteTensor kernels = graph.map(operator, 1);
    int groups = map.length(3);
    int outputs = kernels.length(3);
    if (kernels.length(0) != 1 || outputs % groups != 0) {
      throw graph.refusal(operator, "has %s for %s".formatted(kernels.text(), map.text()));
    }
    float[] weights = AxisOrder.of(graph.floats(operator, 1), kernels.shape(), 3, 0, 1, 2);
    int[] shape = {outputs, 1, kernels.length(1), kernels.length(2)};
    add(
        graph,
        operator,
        WindowOptions.of(graph, operator, 5),
        fused(graph, operator, 4),
        groups,
        graph.constant(kernels, weights, shape),
        shape);
  }

  private static void add(
      TranslatedGraph graph,
      TfliteOperator operator,
      WindowOptions options,
      FusedActivation activation,
      int groups,
      Value weight,
      int[] shape) {
    TfliteTensor map = graph.map(operator, 0);
    List<Integer> kernel = List.of(shape[2], shape[3]);
    SlidingWindow window = options.window(graph, operator, map, kernel, groups);
    Value bias = bias(graph, operator, shape[0]);
    Value value = graph.value(operator, 0);
    graph.put(
        operator,
        options.shape(map, kernel, shape[0]),
        activation,
        name -> graph.graph().convolution(name, value, weight, bias, window));
  }

  /** What is added to each channel; zeros where a file has none. */
  static Value bias(TranslatedGraph graph, TfliteOperator operator, int channels) {
    if (!graph.has(operator, 2)) {
      TfliteTensor made = graph.output(operator);
      return graph
          .graph()
          .constant("retinaspark.bias." + made.index(), new float[channels], channels);
    }
    TfliteTensor bias = graph.input(operator, 2);
    if (bias.count() != channels) {
      throw graph.refusal(operator, "has %s for %d channels".formatted(bias.text(), channels));
    }
    return graph.constant(bias, graph.floats(operator, 2), channels);
  }

  /** The activation that an operator's options name. */
  static FusedActivation fused(TranslatedGraph graph, TfliteOperator operator, int field) {
    int code = operator.smallOption(field, 0);
    return FusedActivation.of(code)
        .orElseThrow(
            () ->
                graph.refusal(
                    operator,
                    "has a fused activation of code %d; none, RELU and RELU6 are translated"
                        .formatted(code)));
  }
}
