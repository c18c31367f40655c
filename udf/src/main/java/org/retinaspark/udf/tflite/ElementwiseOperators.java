package org.retinaspark.udf.tflite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.retinaspark.udf.graph.Value;

/** Operators on each value alone, or on those that stand in the same place. */
final class ElementwiseOperators {

  private ElementwiseOperators() {}

  static void add(TranslatedGraph graph, TfliteOperator operator) {
    binary(graph, operator, "Add", ConvolutionOperators.fused(graph, operator, 0));
  }

  static void multiply(TranslatedGraph graph, TfliteOperator operator) {
    binary(graph, operator, "Mul", ConvolutionOperators.fused(graph, operator, 0));
  }

  /** PRELU: the second input is a constant, a slope for values below 0. */
  static void prelu(TranslatedGraph graph, TfliteOperator operator) {
    graph.value(operator, 0);
    if (!graph.constants().isConstant(graph.input(operator, 1))) {
      throw graph.refusal(operator, "computes its slopes, which isn't translated");
    }
    binary(graph, operator, "PRelu", FusedActivation.NONE);
  }

  static void relu(TranslatedGraph graph, TfliteOperator operator) {
    alone(graph, operator, FusedActivation.RELU, "Identity");
  }

  static void relu6(TranslatedGraph graph, TfliteOperator operator) {
    alone(graph, operator, FusedActivation.RELU6, "Identity");
  }

  static void logistic(TranslatedGraph graph, TfliteOperator operator) {
    alone(graph, operator, FusedActivation.NONE, "Sigmoid");
  }

  /** DEQUANTIZE: float16 constants are float32 ones; others would be quantised. */
  static void dequantize(TranslatedGraph graph, TfliteOperator operator) {
    TfliteTensor stored = graph.input(operator, 0);
    TfliteTensor made = graph.output(operator);
    if (stored.type() != TfliteTensor.FLOAT16 || !stored.isConstant()) {
      throw graph.refusal(
          operator,
          "is given %s; only constants of float16 are translated: convert the model without"
                  .formatted(stored.text())
              + " quantisation");
    }
    if (made.type() != TfliteTensor.FLOAT32 || !made.shape().equals(stored.shape())) {
      throw graph.refusal(operator, "makes %s of %s".formatted(made.text(), stored.text()));
    }
    graph.constants().widen(stored, made);
  }

  private static void alone(
      TranslatedGraph graph, TfliteOperator operator, FusedActivation after, String node) {
    Value value = graph.value(operator, 0);
    graph.put(
        operator,
        graph.input(operator, 0).shape(),
        after,
        name -> graph.graph().unary(name, node, value));
  }

  private static void binary(
      TranslatedGraph graph, TfliteOperator operator, String node, FusedActivation activation) {
    int rank = Math.max(graph.input(operator, 0).rank(), graph.input(operator, 1).rank());
    List<Integer> shape =
        together(
            graph,
            operator,
            padded(graph.input(operator, 0), rank),
            padded(graph.input(operator, 1), rank));
    Value left = operand(graph, operator, 0, rank);
    Value right = operand(graph, operator, 1, rank);
    graph.put(operator, shape, activation, name -> graph.graph().binary(name, node, left, right));
  }

  private static Value operand(
      TranslatedGraph graph, TfliteOperator operator, int input, int rank) {
    TfliteTensor tensor = graph.input(operator, input);
    if (!graph.constants().isConstant(tensor)) {
      if (tensor.rank() != rank) {
        throw graph.refusal(operator, "is given values of different ranks");
      }
      return graph.value(operator, input);
    }
    List<Integer> shape = padded(tensor, rank);
    float[] values = graph.floats(operator, input);
    if (rank == TranslatedGraph.MAP_RANK) {
      values = AxisOrder.of(values, shape, 0, 3, 1, 2);
      shape = List.of(shape.get(0), shape.get(3), shape.get(1), shape.get(2));
    }
    return graph.constant(tensor, values, shape.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The axes with ones before them, as many as are missing. */
  private static List<Integer> padded(TfliteTensor tensor, int rank) {
    List<Integer> shape = new ArrayList<>(Collections.nCopies(rank - tensor.rank(), 1));
    shape.addAll(tensor.shape());
    return shape;
  }

  private static List<Integer> together(
      TranslatedGraph graph, TfliteOperator operator, List<Integer> left, List<Integer> right) {
    List<Integer> shape = new ArrayList<>();
    for (int axis = 0; axis < left.size(); axis++) {
      int one = left.get(axis);
      int other = right.get(axis);
      if (one != other && one != 1 && other != 1) {
        throw graph.refusal(operator, "is given values of %s and %s".formatted(left, right));
      }
      shape.add(Math.max(one, other));
    }
    return shape;
  }
}
