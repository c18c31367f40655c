package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model's graph with every axis of its input open.
 *
 * @param file the file that it was in
 * @param graph the graph
 * @param changes what was changed, in words
 */
public record DynamicGraph(OnnxFile file, GraphProto graph, List<String> changes) {

  private static final long CHANNEL_COUNT = 3;
  private static final String CHANNELS = Long.toString(CHANNEL_COUNT);
  private static final String[] PLANE_AXES = {"batch", CHANNELS, "height", "width"};
  private static final String[] PIXEL_AXES = {"batch", "height", "width", CHANNELS};

  /**
   * Opens the axes.
   *
   * @param input name of the only input, an image: {@code [batch, 3, height, width]} or {@code
   *     [batch, height, width, 3]}
   * @param outputs those that stay, with shapes of rank 2, 3 or 4
   */
  public static DynamicGraph of(OnnxFile file, String input, List<TensorSignature> outputs) {
    GraphProto frozen = file.proto().getGraph();
    Graph source = file.graph();
    NodeRewriter rewriter = new NodeRewriter(frozen, source);
    for (NodeProto node : frozen.getNodeList()) {
      rewriter.rewrite(node);
    }
    GraphProto.Builder graph = rewriter.graph();
    List<String> changes = new ArrayList<>(rewriter.changes());
    // What the shapes inside had been is no longer so; ONNX Runtime infers them itself.
    graph.clearValueInfo();
    openInput(graph, input, changes);
    openOutputs(graph, source, outputs, rewriter.unflattened(), changes);
    // Constants that a file shows are of no size that could be open.
    frozen.getOutputList().stream()
        .filter(output -> source.isConstant(output.getName()))
        .forEach(graph::addOutput);
    return new DynamicGraph(file, graph.build(), changes);
  }

  /**
   * The same with an input of pixels, of which the first nodes make what the input had been.
   *
   * @param input name of the float input
   * @param channels for each channel of that input the channel of the pixels, which are BGR
   * @param mean subtracted from each channel
   * @param scale multiplied after the subtraction
   */
  public DynamicGraph withPixels(String input, List<Long> channels, List<Float> mean, float scale) {
    GraphProto folded =
        new PreprocessingFold(graph, channels, mean, scale, file.operatorSet()).fold(input);
    List<String> all = new ArrayList<>(changes);
    all.add("input takes pixels, uint8 [batch, height, width, 3] in BGR: the graph does the rest");
    return new DynamicGraph(file, folded, all);
  }

  /**
   * The file with this graph.
   *
   * @param metadata put in, in place of entries with the same keys
   */
  public byte[] onnx(Map<String, String> metadata) {
    return OnnxFile.bytes(file.proto(), graph, metadata);
  }

  private static void openInput(GraphProto.Builder graph, String input, List<String> changes) {
    ValueInfoProto declared = named(graph.getInputList(), input);
    Set<String> initialisers =
        graph.getInitializerList().stream()
            .map(TensorProto::getName)
            .collect(Collectors.toCollection(HashSet::new));
    if (graph.getInputList().stream().anyMatch(each -> initialisers.contains(each.getName()))) {
      changes.add("weights are no longer inputs");
    }
    ValueInfoProto.Builder opened = declared.toBuilder();
    opened
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setShape(shape(channelsLast(TensorSignature.of(declared)) ? PIXEL_AXES : PLANE_AXES));
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
      GraphProto.Builder graph,
      Graph source,
      List<TensorSignature> outputs,
      Set<String> unflattened,
      List<String> changes) {
    List<ValueInfoProto> declared = List.copyOf(graph.getOutputList());
    graph.clearOutput();
    long computed =
        declared.stream().filter(output -> !source.isConstant(output.getName())).count();
    if (outputs.size() < computed) {
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
            default -> {
              if (unflattened.contains(output.name())) {
                yield withShape(own, "batch", "anchors" + level, last);
              }
              // One number an anchor, of each image.
              yield output.last() == TensorSignature.Axis.OPEN
                  ? withShape(own, "batch", "anchors" + level)
                  : withShape(own, "anchors" + level, last);
            }
          });
    }
  }

  /** Whether an image input has its channels behind height and width. */
  static boolean channelsLast(TensorSignature input) {
    return input.isUnsignedByte()
        || (input.last() == CHANNEL_COUNT && input.size(1) != CHANNEL_COUNT);
  }

  /** A declared input of pixels. */
  static ValueInfoProto pixels(String name) {
    return declared(name, TensorProto.DataType.UINT8, PIXEL_AXES);
  }

  /** A declared input or output; axes are numbers, or names where the length is open. */
  static ValueInfoProto declared(String name, TensorProto.DataType type, String... axes) {
    ValueInfoProto.Builder declared = ValueInfoProto.newBuilder().setName(name);
    declared
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(type.getNumber())
        .setShape(shape(axes));
    return declared.build();
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
