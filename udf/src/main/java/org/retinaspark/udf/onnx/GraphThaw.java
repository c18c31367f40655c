package org.retinaspark.udf.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model's graph with every axis of its input open.
 *
 * @param graph the graph
 * @param changes what was changed, in words
 */
record GraphThaw(GraphProto graph, List<String> changes) {

  static GraphThaw of(Recognised source) {
    GraphProto frozen = source.evidence().file().proto().getGraph();
    NodeRewriter rewriter = new NodeRewriter(frozen, source.evidence().graph());
    for (NodeProto node : frozen.getNodeList()) {
      rewriter.rewrite(node);
    }
    GraphProto.Builder graph = rewriter.graph();
    List<String> changes = new ArrayList<>(rewriter.changes());
    // What the shapes inside had been is no longer so; ONNX Runtime infers them itself.
    graph.clearValueInfo();
    openInput(graph, source, changes);
    openOutputs(graph, source, rewriter.unflattened(), changes);
    return new GraphThaw(graph.build(), changes);
  }

  private static void openInput(GraphProto.Builder graph, Recognised source, List<String> changes) {
    ValueInfoProto declared = named(graph.getInputList(), source.description().input());
    Set<String> initialisers =
        graph.getInitializerList().stream()
            .map(TensorProto::getName)
            .collect(Collectors.toCollection(HashSet::new));
    if (graph.getInputList().stream().anyMatch(input -> initialisers.contains(input.getName()))) {
      changes.add("weights are no longer inputs");
    }
    ValueInfoProto open = withShape(declared, "batch", "3", "height", "width");
    if (!open.equals(declared)) {
      changes.add(
          "input '%s' %s is [batch, 3, height, width]"
              .formatted(
                  Printable.text(declared.getName()), TensorSignature.of(declared).shapeText()));
    }
    graph.clearInput().addInput(open);
  }

  /** Puts the outputs into the family's order, so that it needs no sizes to be known by. */
  private static void openOutputs(
      GraphProto.Builder graph, Recognised source, Set<String> unflattened, List<String> changes) {
    List<ValueInfoProto> declared = List.copyOf(graph.getOutputList());
    graph.clearOutput();
    List<TensorSignature> outputs = source.match().outputs();
    if (outputs.size() < declared.size()) {
      changes.add("outputs that the family doesn't have are left out");
    }
    for (int index = 0; index < outputs.size(); index++) {
      TensorSignature output = outputs.get(index);
      String level = "_" + index;
      String last = Long.toString(output.last());
      ValueInfoProto own = named(declared, output.name());
      graph.addOutput(
          switch (output.rank()) {
            case 4 ->
                withShape(
                    own, "batch", Long.toString(output.size(1)), "rows" + level, "columns" + level);
            case 3 -> withShape(own, "batch", "anchors" + level, last);
            default ->
                unflattened.contains(output.name())
                    ? withShape(own, "batch", "anchors" + level, last)
                    : withShape(own, "anchors" + level, last);
          });
    }
  }

  private static ValueInfoProto withShape(ValueInfoProto declared, String... axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String axis : axes) {
      if (Character.isDigit(axis.charAt(0))) {
        shape.addDimBuilder().setDimValue(Long.parseLong(axis));
      } else {
        shape.addDimBuilder().setDimParam(axis);
      }
    }
    ValueInfoProto.Builder open = declared.toBuilder();
    open.getTypeBuilder().getTensorTypeBuilder().setShape(shape);
    return open.build();
  }

  private static ValueInfoProto named(List<ValueInfoProto> declared, String name) {
    return declared.stream().filter(each -> each.getName().equals(name)).findFirst().orElseThrow();
  }
}
