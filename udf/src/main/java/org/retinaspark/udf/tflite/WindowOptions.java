package org.retinaspark.udf.tflite;

import java.util.List;
import org.retinaspark.udf.graph.SlidingWindow;

/**
 * How an operator's windows lie, from its options.
 *
 * @param rule what happens at the border
 * @param strides down and across
 * @param dilations down and across
 */
record WindowOptions(BorderRule rule, List<Integer> strides, List<Integer> dilations) {

  /** Larger ones have no sense, and their product must be a number. */
  private static final int MOST = 4096;

  /**
   * Reads them; all three tables of such options begin alike.
   *
   * @param dilation field of the horizontal dilation, before that of the vertical; -1 if there is
   *     none
   */
  static WindowOptions of(TranslatedGraph graph, TfliteOperator operator, int dilation) {
    BorderRule rule =
        BorderRule.of(operator.smallOption(0, 0))
            .orElseThrow(() -> graph.refusal(operator, "has a padding that isn't known"));
    List<Integer> strides = List.of(operator.option(2, 0), operator.option(1, 0));
    List<Integer> dilations =
        dilation < 0
            ? List.of(1, 1)
            : List.of(operator.option(dilation + 1, 1), operator.option(dilation, 1));
    require(graph, operator, "strides", strides);
    require(graph, operator, "dilations", dilations);
    return new WindowOptions(rule, strides, dilations);
  }

  /** The windows of a kernel on a map. */
  SlidingWindow window(
      TranslatedGraph graph,
      TfliteOperator operator,
      TfliteTensor map,
      List<Integer> kernel,
      int groups) {
    require(graph, operator, "a kernel", kernel);
    if (rows(map, kernel) < 1 || columns(map, kernel) < 1) {
      throw graph.refusal(operator, "has a kernel larger than " + map.text());
    }
    return new SlidingWindow(
        rule.axis(map.length(1), kernel.get(0), strides.get(0), dilations.get(0)),
        rule.axis(map.length(2), kernel.get(1), strides.get(1), dilations.get(1)),
        groups);
  }

  /** The axes of what comes out. */
  List<Integer> shape(TfliteTensor map, List<Integer> kernel, int channels) {
    return List.of(map.length(0), (int) rows(map, kernel), (int) columns(map, kernel), channels);
  }

  private long rows(TfliteTensor map, List<Integer> kernel) {
    return rule.windows(map.length(1), kernel.get(0), strides.get(0), dilations.get(0));
  }

  private long columns(TfliteTensor map, List<Integer> kernel) {
    return rule.windows(map.length(2), kernel.get(1), strides.get(1), dilations.get(1));
  }

  private static void require(
      TranslatedGraph graph, TfliteOperator operator, String what, List<Integer> sides) {
    if (sides.stream().anyMatch(side -> side < 1 || side > MOST)) {
      throw graph.refusal(
          operator, "has %s of %s; each must be 1 to %d".formatted(what, sides, MOST));
    }
  }
}
