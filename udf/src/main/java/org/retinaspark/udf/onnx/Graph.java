package org.retinaspark.udf.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who makes and who uses each value of a graph. */
final class Graph {

  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, List<NodeProto>> consumers = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();

  Graph(GraphProto graph) {
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

  /** The numbers of a small constant; null for what is computed, large or not a number. */
  double @Nullable [] constant(String value) {
    TensorProto tensor = constants.get(value);
    return tensor == null ? null : TensorValues.of(tensor);
  }

  /** The numbers of the input of a node, as {@link #constant}; null too if it has no such input. */
  double @Nullable [] constant(NodeProto node, int input) {
    return input < node.getInputCount() ? constant(node.getInput(input)) : null;
  }
}
