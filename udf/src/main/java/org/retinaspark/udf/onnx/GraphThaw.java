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
import org.retinaspark.udf.detect.InputFormat;
import org.retinaspark.udf.detect.Pixels;
import org.retinaspark.udf.detect.TensorLayout;

/**
 * A model's graph with every axis of its input open.
 *
 * @param graph the graph
 * @param format how its input is made
 * @param changes what was changed, in words
 */
record GraphThaw(GraphProto graph, InputFormat format, List<String> changes) {

  private static final String CHANNELS = Integer.toString(Pixels.CHANNELS);

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
    return new GraphThaw(graph.build(), source.description().family().input(), changes);
  }

  /** The same with an input of pixels. */
  GraphThaw folded(Recognised source) {
    if (format.layout() == TensorLayout.PIXELS) {
      return this;
    }
    GraphProto folded =
        new PreprocessingFold(graph, format, source.evidence().file().operatorSet())
            .fold(source.description().input());
    List<String> all = new ArrayList<>(changes);
    all.add("input takes pixels, uint8 [batch, height, width, 3] in BGR: the graph does the rest");
    return new GraphThaw(folded, InputFormat.pixels(format.multiple()), all);
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
    ValueInfoProto.Builder opened = declared.toBuilder();
    opened
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setShape(inputShape(source.description().family().input().layout()));
    ValueInfoProto open = opened.build();
    if (!open.equals(declared)) {
      changes.add(
          "input '%s' %s is %s"
              .formatted(
                  Printable.text(declared.getName()),
                  TensorSignature.of(declared).shapeText(),
                  TensorSignature.of(open).shapeText()));
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

  /** The open axes of an input. */
  static TensorShapeProto inputShape(TensorLayout layout) {
    return switch (layout) {
      case PLANES -> shape("batch", CHANNELS, "height", "width");
      case PIXELS -> shape("batch", "height", "width", CHANNELS);
    };
  }

  private static ValueInfoProto withShape(ValueInfoProto declared, String... axes) {
    ValueInfoProto.Builder open = declared.toBuilder();
    open.getTypeBuilder().getTensorTypeBuilder().setShape(shape(axes));
    return open.build();
  }

  private static TensorShapeProto shape(String... axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String axis : axes) {
      if (Character.isDigit(axis.charAt(0))) {
        shape.addDimBuilder().setDimValue(Long.parseLong(axis));
      } else {
        shape.addDimBuilder().setDimParam(axis);
      }
    }
    return shape.build();
  }

  private static ValueInfoProto named(List<ValueInfoProto> declared, String name) {
    return declared.stream().filter(each -> each.getName().equals(name)).findFirst().orElseThrow();
  }
}
