package org.retinaspark.udf.tflite;

import java.util.List;
import org.retinaspark.udf.graph.SlidingWindow;
import org.retinaspark.udf.graph.Value;

/** Poolings; cells beyond the border count in neither. */
final class PoolingOperators {

  private PoolingOperators() {}

  /** MAX_POOL_2D. */
  static void largest(TranslatedGraph graph, TfliteOperator operator) {
    Value value = graph.value(operator, 0);
    add(graph, operator, (name, window) -> graph.graph().maxPool(name, value, window));
  }

  /** AVERAGE_POOL_2D. */
  static void average(TranslatedGraph graph, TfliteOperator operator) {
    Value value = graph.value(operator, 0);
    add(graph, operator, (name, window) -> graph.graph().averagePool(name, value, window));
  }

  private static void add(TranslatedGraph graph, TfliteOperator operator, Pooling pooling) {
    TfliteTensor map = graph.map(operator, 0);
    WindowOptions options = WindowOptions.of(graph, operator, -1);
    List<Integer> kernel = List.of(operator.option(4, 0), operator.option(3, 0));
    SlidingWindow window = options.window(graph, operator, map, kernel, 1);
    graph.put(
        operator,
        options.shape(map, kernel, map.length(3)),
        ConvolutionOperators.fused(graph, operator, 5),
        name -> pooling.add(name, window));
  }

  private interface Pooling {
    Value add(String name, SlidingWindow window);
  }
}
