package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a graph is needed for its outputs: the rest is left out. */
final class LiveGraph {

  private LiveGraph() {}

  /** The graph without nodes and constants that no output comes of. */
  static GraphProto of(GraphProto graph) {
    Map<String, NodeProto> producers =
        graph.getNodeList().stream()
            .flatMap(node -> node.getOutputList().stream().map(output -> Map.entry(output, node)))
            .collect(
                Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    Set<String> live = new HashSet<>();
    Deque<String> open =
        new ArrayDeque<>(graph.getOutputList().stream().map(ValueInfoProto::getName).toList());
    while (!open.isEmpty()) {
      String value = open.pop();
      NodeProto node = producers.get(value);
      if (live.add(value) && node != null) {
        read(node).forEach(open::push);
      }
    }
    GraphProto.Builder pruned = graph.toBuilder().clearNode().clearInitializer();
    graph.getNodeList().stream()
        .filter(node -> node.getOutputList().stream().anyMatch(live::contains))
        .forEach(pruned::addNode);
    graph.getInitializerList().stream()
        .filter(tensor -> live.contains(tensor.getName()))
        .forEach(pruned::addInitializer);
    Set<String> gone =
        graph.getInitializerList().stream()
            .map(TensorProto::getName)
            .filter(name -> !live.contains(name))
            .collect(Collectors.toSet());
    // Before version 4 of the format initialisers are inputs too.
    pruned
        .clearInput()
        .addAllInput(
            graph.getInputList().stream().filter(it -> !gone.contains(it.getName())).toList());
    return pruned.build();
  }

  /** What a node takes, in graphs within it too. */
  private static Stream<String> read(NodeProto node) {
    Stream<GraphProto> bodies =
        node.getAttributeList().stream()
            .flatMap(
                attribute ->
                    attribute.hasG()
                        ? Stream.of(attribute.getG())
                        : attribute.getGraphsList().stream());
    return Stream.concat(
        node.getInputList().stream(),
        bodies.flatMap(
            body ->
                Stream.concat(
                    body.getNodeList().stream().flatMap(LiveGraph::read),
                    body.getOutputList().stream().map(ValueInfoProto::getName))));
  }
}
