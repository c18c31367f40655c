package org.retinaspark.udf.tflite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.Value;

/** Operators to which the order of axes matters. */
final class ShapeOperators {

  /** Where each axis of a map stands in ONNX's order. */
  private static final List<Integer> IN_PLANES = List.of(0, 2, 3, 1);

  private ShapeOperators() {}

  /** PAD: zeros before and behind each axis. */
  static void pad(TranslatedGraph graph, TfliteOperator operator) {
    TfliteTensor tensor = graph.input(operator, 0);
    long[] amounts = graph.integers(operator, 1);
    int rank = tensor.rank();
    if (amounts.length != 2 * rank || amounts[0] != 0 || amounts[1] != 0) {
      throw graph.refusal(operator, "pads the batch, or not as many axes as there are");
    }
    long[] ordered = new long[2 * rank];
    List<Integer> shape = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      long before = amounts[2 * axis];
      long after = amounts[2 * axis + 1];
      if (before < 0 || after < 0 || before > Short.MAX_VALUE || after > Short.MAX_VALUE) {
        throw graph.refusal(operator, "pads by %d and %d".formatted(before, after));
      }
      shape.add(Math.toIntExact(tensor.length(axis) + before + after));
      int place = place(axis, rank);
      ordered[place] = before;
      ordered[rank + place] = after;
    }
    Value value = graph.value(operator, 0);
    graph.put(
        operator, shape, FusedActivation.NONE, name -> graph.graph().pad(name, value, ordered));
  }

  /** RESHAPE of the values of each image. */
  static void reshape(TranslatedGraph graph, TfliteOperator operator) {
    TfliteTensor from = graph.input(operator, 0);
    TfliteTensor to = graph.output(operator);
    if (to.rank() == 0 || to.length(0) != 1 || to.count() != from.count()) {
      throw graph.refusal(
          operator, "makes %s of %s, and so no batch".formatted(to.text(), from.text()));
    }
    Value value = graph.value(operator, 0);
    graph.put(
        operator,
        to.shape(),
        FusedActivation.NONE,
        name -> {
          GraphBuilder builder = graph.graph();
          Value cells = cells(builder, name, value, from.rank());
          if (to.rank() != TranslatedGraph.MAP_RANK) {
            return builder.reshape(name, cells, ofImages(to.shape()));
          }
          Value map = builder.reshape(name + ".map", cells, ofImages(to.shape()));
          return builder.transpose(name, map, 0L, 3L, 1L, 2L);
        });
  }

  /** CONCATENATION along any axis but the batch. */
  static void concatenation(TranslatedGraph graph, TfliteOperator operator) {
    TfliteTensor first = graph.input(operator, 0);
    int rank = first.rank();
    int named = operator.option(0, 0);
    int axis = named < 0 ? named + rank : named;
    if (axis < 1 || axis >= rank) {
      throw graph.refusal(operator, "joins along axis " + named + ", which isn't translated");
    }
    List<Integer> shape = new ArrayList<>(first.shape());
    shape.set(axis, 0);
    for (int input = 0; input < operator.inputs().size(); input++) {
      List<Integer> own = new ArrayList<>(graph.input(operator, input).shape());
      if (own.size() != rank) {
        throw graph.refusal(operator, "is given values of different ranks");
      }
      long joined = (long) shape.get(axis) + own.get(axis);
      if (joined > Integer.MAX_VALUE) {
        throw graph.refusal(operator, "joins more values than a tensor can have");
      }
      own.set(axis, (int) joined);
      shape.set(axis, (int) joined);
      if (!shape.equals(own)) {
        throw graph.refusal(operator, "is given values that differ beside the axis");
      }
    }
    Value[] values =
        IntStream.range(0, operator.inputs().size())
            .mapToObj(input -> graph.value(operator, input))
            .toArray(Value[]::new);
    graph.put(
        operator,
        shape,
        ConvolutionOperators.fused(graph, operator, 1),
        name -> graph.graph().concat(name, place(axis, rank), values));
  }

  /** FULLY_CONNECTED of all the values of an image; weights are {@code [outputs, inputs]}. */
  static void fullyConnected(TranslatedGraph graph, TfliteOperator operator) {
    TfliteTensor from = graph.input(operator, 0);
    TfliteTensor weights = graph.input(operator, 1);
    if (weights.rank() != 2 || weights.length(1) != from.count()) {
      throw graph.refusal(operator, "has %s for %s".formatted(weights.text(), from.text()));
    }
    if (operator.smallOption(1, 0) != 0 || operator.smallOption(2, 0) != 0) {
      throw graph.refusal(operator, "has shuffled weights or keeps axes, which isn't translated");
    }
    int inputs = weights.length(1);
    int outputs = weights.length(0);
    float[] transposed = AxisOrder.of(graph.floats(operator, 1), weights.shape(), 1, 0);
    Value matrix = graph.constant(weights, transposed, inputs, outputs);
    Value bias = ConvolutionOperators.bias(graph, operator, outputs);
    Value value = graph.value(operator, 0);
    graph.put(
        operator,
        List.of(1, outputs),
        ConvolutionOperators.fused(graph, operator, 0),
        name -> {
          GraphBuilder builder = graph.graph();
          Value cells = cells(builder, name, value, from.rank());
          Value flat = builder.reshape(name + ".flat", cells, -1, inputs);
          Value product = builder.binary(name + ".product", "MatMul", flat, matrix);
          return builder.binary(name, "Add", product, bias);
        });
  }

  /** The values in the order of TFLite. */
  private static Value cells(GraphBuilder builder, String name, Value value, int rank) {
    return rank == TranslatedGraph.MAP_RANK
        ? builder.transpose(name + ".cells", value, 0L, 2L, 3L, 1L)
        : value;
  }

  private static int place(int axis, int rank) {
    return rank == TranslatedGraph.MAP_RANK ? IN_PLANES.get(axis) : axis;
  }

  /** The axes with the batch of the input in place of 1. */
  private static long[] ofImages(List<Integer> shape) {
    long[] open = shape.stream().mapToLong(Integer::longValue).toArray();
    open[0] = 0;
    return open;
  }
}
