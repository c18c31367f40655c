package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who makes and who uses each value of a graph. */
public final class Graph {

  private static final Set<String> SCALING = Set.of("Mul", "Div");

  private static final Set<String> SHAPING =
      Set.of("Identity", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose", "Cast");

  /** A graph may be one that goes in circles. */
  private static final int LONGEST_TAIL = 16;

  private final List<NodeProto> nodes;
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, List<NodeProto>> consumers = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();

  Graph(GraphProto graph) {
    nodes = graph.getNodeList();
    for (TensorProto initialiser : graph.getInitializerList()) {
      constants.put(initialiser.getName(), initialiser);
    }
    for (NodeProto node : graph.getNodeList()) {
      for (String output : node.getOutputList()) {
        producers.put(output, node);
      }
      for (String input : node.getInputList()) {
        consumers.computeIfAbsent(input, name -> new ArrayList<>()).add(node);
      }
      if (node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
        for (AttributeProto attribute : node.getAttributeList()) {
          if (attribute.getName().equals("value") && attribute.hasT()) {
            constants.put(node.getOutput(0), attribute.getT());
          }
        }
      }
    }
  }

  /** The node that makes a value; null for inputs and initialisers. */
  @Nullable NodeProto producer(String value) {
    return producers.get(value);
  }

  /** The nodes that take a value. */
  List<NodeProto> consumers(String value) {
    return consumers.getOrDefault(value, List.of());
  }

  /** Whether a value is a constant of the file. */
  public boolean isConstant(String value) {
    return constants.containsKey(value);
  }

  /** A constant; null for what is computed. */
  @Nullable TensorProto tensor(String value) {
    return constants.get(value);
  }

  /** The numbers of a small constant; null for what is computed, large or not a number. */
  double @Nullable [] constant(String value) {
    TensorProto tensor = constants.get(value);
    return tensor == null ? null : TensorValues.of(tensor);
  }

  /** The numbers of the input of a node, as {@link #constant}; null too if it has no such input. */
  double @Nullable [] constant(NodeProto node, int input) {
    return input < node.getInputCount() ? constant(node.getInput(input)) : null;
  }

  /** Whether a value is what a multiplication or division by a constant gave. */
  public boolean isScaled(String value) {
    NodeProto node = producer(value);
    return node != null
        && SCALING.contains(node.getOpType())
        && (constant(node, 0) != null || constant(node, 1) != null);
  }

  /**
   * The operator that a value comes from, behind those that only name or shape it anew; empty for
   * inputs and initialisers.
   */
  public String operatorBehind(String value) {
    NodeProto node = producer(value);
    for (int steps = 0; steps < LONGEST_TAIL && node != null; steps++) {
      if (!SHAPING.contains(node.getOpType()) || node.getInputCount() == 0) {
        return node.getOpType();
      }
      node = producer(node.getInput(0));
    }
    return "";
  }

  /** Names of the values that reshapes to fixed lengths give, in the order of the graph. */
  public List<String> fixedReshapes() {
    List<String> fixed = new ArrayList<>();
    for (NodeProto node : nodes) {
      double[] shape = node.getOpType().equals("Reshape") ? constant(node, 1) : null;
      if (shape != null && Arrays.stream(shape).allMatch(length -> length > 0)) {
        fixed.add(Printable.text(node.getOutput(0)));
      }
    }
    return fixed;
  }
}
