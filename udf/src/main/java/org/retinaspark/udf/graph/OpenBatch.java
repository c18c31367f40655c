package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Opens the batch of a graph that was exported for one input, and leaves all other axes as they
 * are: where what comes of the input is reshaped to a batch of 1, the batch is taken from the
 * input. Whether every value has its batch first is proved afterwards, by running the result.
 */
public final class OpenBatch {

  private static final String BATCH = "batch";
  private static final long FROM_INPUT = 0;

  private final GraphProto frozen;
  private final Graph source;
  private final GraphEditor editor;
  private final Set<String> computed = new HashSet<>();
  private final List<String> changes = new ArrayList<>();

  private OpenBatch(OnnxFile file) {
    frozen = file.proto().getGraph();
    source = file.graph();
    editor = new GraphEditor(frozen);
  }

  /**
   * Opens it.
   *
   * @param input name of the only input
   */
  public static DynamicGraph of(OnnxFile file, String input) {
    OpenBatch open = new OpenBatch(file);
    open.computed.add(input);
    file.proto().getGraph().getNodeList().forEach(open::add);
    GraphProto.Builder graph = open.editor.graph();
    // What the shapes inside had been is no longer so; ONNX Runtime infers them itself.
    graph.clearValueInfo().clearInput().clearOutput();
    open.frozen.getInputList().stream()
        .filter(declared -> declared.getName().equals(input))
        .forEach(declared -> graph.addInput(open.opened(declared, "input")));
    open.frozen
        .getOutputList()
        .forEach(declared -> graph.addOutput(open.opened(declared, "output")));
    List<String> changes = new ArrayList<>(open.editor.changes());
    changes.addAll(open.changes);
    return new DynamicGraph(file, graph.build(), changes);
  }

  private void add(NodeProto node) {
    if (node.getInputList().stream().noneMatch(computed::contains)) {
      editor.keep(node);
      return;
    }
    computed.addAll(node.getOutputList());
    double[] shape = node.getOpType().equals("Reshape") ? source.constant(node, 1) : null;
    if (shape == null || shape.length == 0 || shape[0] != 1 || hasLiteralZeros(node)) {
      editor.keep(node);
      return;
    }
    List<Long> fixed = Arrays.stream(shape).mapToObj(length -> (long) length).toList();
    List<Long> open = new ArrayList<>(fixed);
    open.set(0, FROM_INPUT);
    editor.replace(
        node.toBuilder().setInput(1, editor.integers(open)).build(), fixed + " is " + open);
  }

  private static boolean hasLiteralZeros(NodeProto reshape) {
    return reshape.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals("allowzero"))
        .mapToLong(AttributeProto::getI)
        .anyMatch(zero -> zero != 0);
  }

  private ValueInfoProto opened(ValueInfoProto declared, String kind) {
    TensorSignature was = TensorSignature.of(declared);
    if (was.size(0) != 1) {
      return declared;
    }
    ValueInfoProto.Builder open = declared.toBuilder();
    open.getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .setDim(0, TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
    ValueInfoProto built = open.build();
    changes.add(
        "%s '%s' %s is %s"
            .formatted(
                kind,
                Printable.text(declared.getName()),
                was.shapeText(),
                TensorSignature.of(built).shapeText()));
    return built;
  }
}
