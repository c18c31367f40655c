package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Counts what a run of a graph multiplies and adds in its convolutions and matrix products; all
 * else is small beside them. Shapes are not inferred: a twin of the model gives, in place of its
 * outputs, the shapes that these layers see, and is run.
 */
public final class MultiplyAdds {

  private static final Set<String> CONVOLUTIONS =
      Set.of("Conv", "DeformConv", "FusedConv", "ConvInteger", "QLinearConv");

  private static final Set<String> PRODUCTS = Set.of("MatMul", "MatMulInteger", "QLinearMatMul");

  /** From its input, each of whose values goes into all outputs of its group. */
  private static final String TRANSPOSED = "ConvTranspose";

  /** A product of two matrices, either of which may be transposed. */
  private static final String MATRICES = "Gemm";

  /**
   * Which input the weights are; those with scale and zero point of the data before have another.
   */
  private static final int WEIGHT = 1;

  private static final int QUANTISED_WEIGHT = 3;

  private final ModelProto twin;
  private final List<Layer> layers = new ArrayList<>();

  private MultiplyAdds(OnnxFile file) {
    GraphProto graph = file.proto().getGraph();
    GraphEditor editor = new GraphEditor(graph);
    graph.getNodeList().forEach(editor::keep);
    editor.graph().clearOutput();
    for (NodeProto node : graph.getNodeList()) {
      String operator = node.getOpType();
      int weight = operator.startsWith("QLinear") ? QUANTISED_WEIGHT : WEIGHT;
      if (isCounted(node) && node.getInputCount() > weight && node.getOutputCount() > 0) {
        layers.add(
            new Layer(
                operator,
                shape(editor, node.getInput(0)),
                shape(editor, node.getInput(weight)),
                shape(editor, node.getOutput(0))));
      }
    }
    twin = file.proto().toBuilder().setGraph(editor.graph()).build();
  }

  /** Prepares to count. */
  public static MultiplyAdds of(OnnxFile file) {
    return new MultiplyAdds(file);
  }

  /** A function of the model's own may have the name of an operator. */
  private static boolean isCounted(NodeProto node) {
    String operator = node.getOpType();
    return OnnxSafety.DOMAINS.contains(node.getDomain())
        && (CONVOLUTIONS.contains(operator)
            || PRODUCTS.contains(operator)
            || operator.equals(TRANSPOSED)
            || operator.equals(MATRICES));
  }

  /** The name of a new output, floats: the lengths of a value's axes. */
  private static String shape(GraphEditor editor, String value) {
    String shape =
        editor.node(
            "Cast",
            List.of(editor.node("Shape", List.of(value))),
            NodeAttributes.integer("to", TensorProto.DataType.FLOAT_VALUE));
    ValueInfoProto.Builder output = ValueInfoProto.newBuilder().setName(shape);
    output.getTypeBuilder().getTensorTypeBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE);
    editor.graph().addOutput(output);
    return shape;
  }

  /** How many layers are counted; with none there is nothing to run. */
  public int layers() {
    return layers.size();
  }

  /** The twin, an ONNX file with the model's inputs. */
  public byte[] onnx() {
    return twin.toByteArray();
  }

  /**
   * What the run did.
   *
   * @param shapes the twin's outputs, by name
   */
  public double count(Map<String, float[]> shapes) {
    return layers.stream().mapToDouble(layer -> layer.count(shapes)).sum();
  }

  /** A layer, with the names of the outputs that are the shapes of its data, weights and result. */
  private record Layer(String operator, String data, String weight, String result) {

    double count(Map<String, float[]> shapes) {
      float[] from = Objects.requireNonNull(shapes.get(data));
      float[] by = Objects.requireNonNull(shapes.get(weight));
      float[] to = Objects.requireNonNull(shapes.get(result));
      if (CONVOLUTIONS.contains(operator)) {
        return elements(to) * elements(by) / by[0];
      }
      return switch (operator) {
        case TRANSPOSED -> elements(from) * elements(by) / by[0];
        case MATRICES -> elements(to) * elements(from) / to[0];
        default -> elements(to) * from[from.length - 1];
      };
    }

    private static double elements(float[] shape) {
      double elements = 1;
      for (float length : shape) {
        elements *= length;
      }
      return elements;
    }
  }
}
