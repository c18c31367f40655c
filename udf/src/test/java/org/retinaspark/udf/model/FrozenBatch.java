package org.retinaspark.udf.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/** Makes a model that takes the first image of a batch only: its batch can't be made dynamic. */
final class FrozenBatch {

  private FrozenBatch() {}

  static byte[] of(ModelProto.Builder model) {
    GraphProto.Builder graph = model.getGraphBuilder();
    String input = graph.getInput(0).getName();
    graph.addInitializer(integers("first", 0));
    graph.addInitializer(integers("one", 1));
    graph.addInitializer(integers("axis", 0));
    List<NodeProto> nodes = List.copyOf(graph.getNodeList());
    graph.clearNode();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Slice")
            .addAllInput(List.of(input, "first", "one", "axis"))
            .addOutput("single"));
    for (NodeProto node : nodes) {
      NodeProto.Builder own = node.toBuilder();
      for (int index = 0; index < own.getInputCount(); index++) {
        if (own.getInput(index).equals(input)) {
          own.setInput(index, "single");
        }
      }
      graph.addNode(own);
    }
    return model.build().toByteArray();
  }

  private static TensorProto integers(String name, long value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64.getNumber())
        .addDims(1)
        .addInt64Data(value)
        .build();
  }
}
