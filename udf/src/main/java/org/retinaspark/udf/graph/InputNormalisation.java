package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a graph does with its input before the first layer that learns.
 *
 * @param steps arithmetic with constants and batch normalisations, in the order of computation
 */
public record InputNormalisation(List<Step> steps) {

  private static final Set<String> ARITHMETIC = Set.of("Sub", "Add", "Mul", "Div");
  private static final Set<String> PASSING = Set.of("Identity", "Cast", "Transpose", "Gather");
  private static final String DEQUANTISATION = "DequantizeLinear";
  private static final int ZERO_POINT = 2;
  private static final String BATCH_NORMALISATION = "BatchNormalization";
  private static final int CHANNELS = 3;
  private static final int LONGEST_CHAIN = 8;

  /**
   * One step.
   *
   * @param operator the node's operator
   * @param values its constant, one number or one a channel; empty for a batch normalisation
   */
  record Step(String operator, List<Double> values) {

    private String text() {
      return values.isEmpty()
          ? operator
          : values.stream()
              .map(value -> "%.7g".formatted(value).replaceAll("\\.?0+$", ""))
              .distinct()
              .collect(Collectors.joining(", ", operator + " ", ""));
    }
  }

  /** Follows the graph from its input on. */
  public static InputNormalisation of(Graph graph, String input) {
    List<Step> steps = new ArrayList<>();
    String value = input;
    for (int length = 0; length < LONGEST_CHAIN; length++) {
      List<NodeProto> consumers = graph.consumers(value);
      if (consumers.size() != 1 || consumers.get(0).getOutputCount() == 0) {
        break;
      }
      NodeProto node = consumers.get(0);
      Step step = step(graph, node, value);
      if (step != null) {
        steps.add(step);
      } else if (!PASSING.contains(node.getOpType())) {
        break;
      }
      value = node.getOutput(0);
    }
    return new InputNormalisation(steps);
  }

  private static @Nullable Step step(Graph graph, NodeProto node, String value) {
    if (node.getOpType().equals(BATCH_NORMALISATION)) {
      return new Step(BATCH_NORMALISATION, List.of());
    }
    if (node.getOpType().equals(DEQUANTISATION)) {
      double[] levels = graph.constant(node, ZERO_POINT);
      return new Step(
          DEQUANTISATION, levels == null ? List.of() : Arrays.stream(levels).boxed().toList());
    }
    if (!ARITHMETIC.contains(node.getOpType()) || node.getInputCount() != 2) {
      return null;
    }
    double[] constant = graph.constant(node, node.getInput(0).equals(value) ? 1 : 0);
    return constant == null
        ? null
        : new Step(node.getOpType(), Arrays.stream(constant).boxed().toList());
  }

  /** Whether the graph does nothing of the kind. */
  public boolean isNone() {
    return steps.isEmpty();
  }

  /** Whether the graph takes pixels from 0 to 255: a batch normalisation alone doesn't say so. */
  public boolean rescales() {
    return steps.stream().anyMatch(step -> ARITHMETIC.contains(step.operator()));
  }

  /**
   * By how much the mean of the first of three channels exceeds that of the third; empty where the
   * graph subtracts no mean a channel, or equal ones.
   */
  public OptionalDouble firstChannelExcess() {
    return steps.stream()
        .filter(step -> step.operator().equals("Sub") || step.operator().equals("Add"))
        .map(Step::values)
        .filter(values -> values.size() == CHANNELS)
        .mapToDouble(values -> Math.abs(values.get(0)) - Math.abs(values.get(2)))
        .filter(excess -> excess != 0)
        .findFirst();
  }

  /** The steps, for people. */
  public String text() {
    return steps.isEmpty()
        ? "none"
        : steps.stream().map(Step::text).collect(Collectors.joining(", then "));
  }
}
