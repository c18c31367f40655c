package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the nodes in which exporters write down a batch, height or width, where it is plain what
 * they meant. Whether it was that is proved afterwards, by running the result.
 */
final class NodeRewriter {

  private static final List<Long> CELLS_FIRST = List.of(2L, 3L, 0L, 1L);
  private static final Set<String> ELEMENTWISE = Set.of("Sigmoid", "Identity", "Cast", "Relu");
  private static final int LONGEST_CHAIN = 8;

  private final Graph source;
  private final GraphEditor editor;
  private final Set<String> outputs;
  private final Set<String> computed = new HashSet<>();
  private final Set<String> unflattened = new HashSet<>();

  NodeRewriter(GraphProto graph, Graph source) {
    this.source = source;
    this.editor = new GraphEditor(graph);
    this.outputs =
        graph.getOutputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
    graph.getInputList().forEach(input -> computed.add(input.getName()));
  }

  GraphProto.Builder graph() {
    return editor.graph();
  }

  List<String> changes() {
    return editor.changes();
  }

  /** Graph outputs that had the anchors of all images on one axis and have a batch axis now. */
  Set<String> unflattened() {
    return unflattened;
  }

  /** Adds a node, as it is or made dynamic; nodes come in the order of the graph. */
  void rewrite(NodeProto node) {
    switch (node.getOpType()) {
      case "Transpose" -> transpose(node);
      case "Reshape" -> reshape(node);
      case "Resize" -> resize(node);
      default -> editor.keep(node);
    }
    computed.addAll(node.getOutputList());
  }

  /**
   * SCRFD's exporter puts {@code [batch, c, h, w]} as {@code [h, w, batch, c]} and flattens that,
   * which shuffles the images of a batch together.
   */
  private void transpose(NodeProto node) {
    List<NodeProto> consumers = source.consumers(node.getOutput(0));
    if (consumers.size() == 1 && order(node).equals(CELLS_FIRST)) {
      NodeProto reshape = consumers.get(0);
      List<Long> shape = reshape.getOpType().equals("Reshape") ? constantShape(reshape) : null;
      String end = shape != null && shape.size() == 2 ? outputBehind(reshape) : null;
      if (end != null) {
        unflattened.add(end);
        unflattened.add(reshape.getOutput(0));
        AttributeProto.Builder order = node.getAttribute(0).toBuilder().clearInts();
        order.addAllInts(List.of(0L, 2L, 3L, 1L));
        editor.replace(
            node.toBuilder().setAttribute(0, order).build(), "batch first, then rows and columns");
        return;
      }
    }
    editor.keep(node);
  }

  private static List<Long> order(NodeProto transpose) {
    return transpose.getAttributeCount() == 1 ? transpose.getAttribute(0).getIntsList() : List.of();
  }

  /** The graph's output that a value becomes by elementwise nodes alone; null if it doesn't. */
  private @Nullable String outputBehind(NodeProto node) {
    String value = node.getOutput(0);
    for (int length = 0; length < LONGEST_CHAIN && !outputs.contains(value); length++) {
      List<NodeProto> consumers = source.consumers(value);
      if (consumers.size() != 1 || !ELEMENTWISE.contains(consumers.get(0).getOpType())) {
        return null;
      }
      value = consumers.get(0).getOutput(0);
    }
    return outputs.contains(value) ? value : null;
  }

  private void reshape(NodeProto node) {
    List<Long> shape = constantShape(node);
    if (shape == null) {
      editor.keep(node);
      return;
    }
    List<Long> open =
        unflattened.contains(node.getOutput(0))
            ? List.of(0L, -1L, shape.get(1))
            : OpenShape.of(shape);
    if (open.equals(shape)) {
      editor.keep(node);
      return;
    }
    editor.replace(
        node.toBuilder().setInput(1, editor.integers(open)).build(), shape + " is " + open);
  }

  /** The constant target of a reshape; null if it is computed, or zeros in it mean zero. */
  private @Nullable List<Long> constantShape(NodeProto reshape) {
    double[] shape = source.constant(reshape, 1);
    boolean literalZeros =
        reshape.getAttributeList().stream()
            .anyMatch(
                attribute -> attribute.getName().equals("allowzero") && attribute.getI() != 0);
    if (shape == null || literalZeros) {
      return null;
    }
    return Arrays.stream(shape).mapToObj(length -> (long) length).toList();
  }

  /** An upsampling to a fixed size whose result is added to another map takes that map's size. */
  private void resize(NodeProto node) {
    String other = fixedSizes(node) ? addedTo(node.getOutput(0)) : null;
    if (other == null) {
      editor.keep(node);
      return;
    }
    String sizes =
        editor.node(
            "Concat",
            List.of(editor.shapePart(node.getInput(0), 0, 2), editor.shapePart(other, 2, 4)),
            NodeAttributes.integer("axis", 0));
    editor.replace(
        node.toBuilder().setInput(3, sizes).build(),
        "a fixed size is that of '" + Printable.text(other) + "'");
  }

  /** Whether a resize has its height and width from constants: whole, or joined to a batch. */
  private boolean fixedSizes(NodeProto resize) {
    if (resize.getInputCount() < 4) {
      return false;
    }
    String sizes = resize.getInput(3);
    NodeProto joined = source.producer(sizes);
    if (joined != null && joined.getOpType().equals("Concat")) {
      sizes = joined.getInput(joined.getInputCount() - 1);
    }
    return source.constant(sizes) != null;
  }

  private @Nullable String addedTo(String value) {
    for (NodeProto consumer : source.consumers(value)) {
      if (consumer.getOpType().equals("Add") && consumer.getInputCount() == 2) {
        String other = consumer.getInput(consumer.getInput(0).equals(value) ? 1 : 0);
        // One that is computed later would make a circle, or break the order of the nodes.
        return computed.contains(other) ? other : null;
      }
    }
    return null;
  }
}
