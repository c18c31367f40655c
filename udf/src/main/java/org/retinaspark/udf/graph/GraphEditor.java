package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A graph in the making: the nodes of another with some added, under names that nobody has. */
final class GraphEditor {

  private static final String PREFIX = "retinaspark_";

  private final GraphProto.Builder graph;
  private final Set<String> taken = new HashSet<>();
  private final List<String> changes = new ArrayList<>();
  private int made;

  /** Starts with all of a graph but its nodes. */
  GraphEditor(GraphProto source) {
    graph = source.toBuilder().clearNode();
    source.getInitializerList().forEach(tensor -> taken.add(tensor.getName()));
    source.getInputList().forEach(input -> taken.add(input.getName()));
    source.getNodeList().forEach(node -> taken.addAll(node.getOutputList()));
  }

  GraphProto.Builder graph() {
    return graph;
  }

  List<String> changes() {
    return changes;
  }

  void keep(NodeProto node) {
    graph.addNode(node);
  }

  /** Keeps a node in an altered form, and says so. */
  void replace(NodeProto node, String change) {
    graph.addNode(node);
    changes.add(
        "%s '%s': %s".formatted(node.getOpType(), Printable.text(node.getOutput(0)), change));
  }

  /** Adds a vector of integers. */
  String integers(List<Long> values) {
    String name = name("constant");
    graph.addInitializer(
        RawTensors.integers(name, values.stream().mapToLong(Long::longValue).toArray()));
    return name;
  }

  /** Adds a tensor of floats. */
  String floats(List<Long> shape, List<Float> values) {
    String name = name("constant");
    float[] numbers = new float[values.size()];
    for (int index = 0; index < numbers.length; index++) {
      numbers[index] = values.get(index);
    }
    graph.addInitializer(RawTensors.floats(name, shape, numbers));
    return name;
  }

  /** Adds a vector of unsigned bytes. */
  String levels(List<Integer> values) {
    String name = name("constant");
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.UINT8.getNumber())
            .addDims(values.size())
            .addAllInt32Data(values));
    return name;
  }

  /** Adds the part of a value's shape from one axis to before another. */
  String shapePart(String value, long from, long to) {
    String shape = node("Shape", List.of(value));
    List<String> inputs =
        List.of(shape, integers(List.of(from)), integers(List.of(to)), integers(List.of(0L)));
    return node("Slice", inputs);
  }

  /** Adds a node of one output, and names it. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    String output = name(operator.toLowerCase(Locale.ROOT));
    add(List.of(output), operator, inputs, List.of(attributes));
    return output;
  }

  /**
   * Adds a node with outputs of these names.
   *
   * @throws IllegalArgumentException if another value has one of them
   */
  void node(
      List<String> outputs, String operator, List<String> inputs, List<AttributeProto> attributes) {
    outputs.forEach(this::claim);
    add(outputs, operator, inputs, attributes);
  }

  private void add(
      List<String> outputs, String operator, List<String> inputs, List<AttributeProto> attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(outputs.get(outputs.size() - 1))
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(attributes));
  }

  /**
   * Takes a name.
   *
   * @throws IllegalArgumentException if another value has it
   */
  void claim(String name) {
    if (!taken.add(name)) {
      throw new IllegalArgumentException("two values of a graph are called '" + name + "'");
    }
  }

  /** A name of that kind that nobody has. */
  String name(String kind) {
    String name;
    do {
      name = PREFIX + kind + "_" + made++;
    } while (!taken.add(name));
    return name;
  }

  /** Gives a value another name, which nobody has, so that its own is free. */
  String renamed(String value) {
    String fresh = name("value");
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      for (int input = 0; input < node.getInputCount(); input++) {
        if (node.getInput(input).equals(value)) {
          node.setInput(input, fresh);
        }
      }
      for (int output = 0; output < node.getOutputCount(); output++) {
        if (node.getOutput(output).equals(value)) {
          node.setOutput(output, fresh).setName(fresh);
        }
      }
    }
    replaceOutput(value, fresh);
    taken.remove(value);
    return fresh;
  }

  /** Declares another value an output in place of one. */
  void replaceOutput(String output, String other) {
    graph.getOutputBuilderList().stream()
        .filter(declared -> declared.getName().equals(output))
        .forEach(declared -> declared.setName(other));
  }

  /** Adds a constant under the name that it has. */
  void constant(TensorProto tensor) {
    claim(tensor.getName());
    graph.addInitializer(tensor);
  }

  /** Gives a convolution other numbers. */
  void reweigh(PointwiseConvolution convolution, float[] weights, float[] biases) {
    for (int index = 0; index < graph.getNodeCount(); index++) {
      NodeProto node = graph.getNode(index);
      if (node.getOutputList().contains(convolution.output())) {
        long outputs = biases.length;
        List<Long> shape = List.of(outputs, weights.length / outputs, 1L, 1L);
        graph.setNode(
            index,
            node.toBuilder()
                .clearInput()
                .addInput(node.getInput(0))
                .addInput(constant(node, 1, shape, weights))
                .addInput(constant(node, 2, List.of(outputs), biases)));
        return;
      }
    }
    throw new IllegalArgumentException("no node makes '" + convolution.output() + "'");
  }

  /** A constant in place of an input of a node, under the same name where nobody else takes it. */
  private String constant(NodeProto node, int input, List<Long> shape, float[] values) {
    String old = input < node.getInputCount() ? node.getInput(input) : "";
    long takers =
        graph.getNodeList().stream()
            .flatMap(each -> each.getInputList().stream())
            .filter(old::equals)
            .count();
    for (int index = 0; takers == 1 && index < graph.getInitializerCount(); index++) {
      if (graph.getInitializer(index).getName().equals(old)) {
        graph.setInitializer(index, RawTensors.floats(old, shape, values));
        return old;
      }
    }
    String fresh = name("constant");
    graph.addInitializer(RawTensors.floats(fresh, shape, values));
    return fresh;
  }
}
