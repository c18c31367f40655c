package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the 1x1 convolutions that an output is put together from: follows it back through nodes
 * that move values around or bring them into proportion, and through concatenations.
 */
public final class PointwiseTrace {

  private static final Set<String> PASSED =
      Set.of(
          "Identity",
          "Reshape",
          "Transpose",
          "Squeeze",
          "Unsqueeze",
          "Flatten",
          "Dropout",
          "Softmax",
          "LogSoftmax");

  /** A hostile graph may go in circles, or double at each step. */
  private static final int MOST_STEPS = 1000;

  private static final int WEIGHT = 1;
  private static final int BIAS = 2;
  private static final int WEIGHT_RANK = 4;

  private final OnnxFile file;
  private final Graph graph;
  private final String output;

  private PointwiseTrace(OnnxFile file, String output) {
    this.file = file;
    this.graph = file.graph();
    this.output = output;
  }

  /**
   * The convolutions, in the order in which their values are joined.
   *
   * @throws InvalidModelException if something else leads to the output
   */
  public static List<PointwiseConvolution> of(OnnxFile file, String output) {
    return new PointwiseTrace(file, output).convolutions();
  }

  private List<PointwiseConvolution> convolutions() {
    List<PointwiseConvolution> found = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>(List.of(output));
    for (int step = 0; !open.isEmpty(); step++) {
      String value = open.pop();
      NodeProto node = graph.producer(value);
      if (node == null || step == MOST_STEPS || node.getInputCount() == 0) {
        throw unfit("comes of '%s', which no node makes of features", value);
      }
      if (node.getOpType().equals("Concat")) {
        for (int input = node.getInputCount() - 1; input >= 0; input--) {
          open.push(node.getInput(input));
        }
      } else if (PASSED.contains(node.getOpType())) {
        open.push(node.getInput(0));
      } else {
        found.add(convolution(node));
      }
    }
    return found;
  }

  private PointwiseConvolution convolution(NodeProto node) {
    if (!node.getOpType().equals("Conv")
        || !node.getDomain().isEmpty()
        || node.getInputCount() <= WEIGHT) {
      throw unfit("comes of the %s '%s'", node.getOpType(), node.getOutput(0));
    }
    TensorProto weight = graph.tensor(node.getInput(WEIGHT));
    if (weight == null || weight.getDimsCount() != WEIGHT_RANK) {
      throw unfit("comes of the Conv '%s', whose weights are computed", node.getOutput(0));
    }
    if (!isPointwise(node, weight)) {
      throw unfit(
          "comes of a Conv of %sx%s, '%s'",
          weight.getDims(2), weight.getDims(WEIGHT_RANK - 1), node.getOutput(0));
    }
    long outputs = weight.getDims(0);
    long channels = weight.getDims(1);
    float[] weights = TensorValues.floats(weight, outputs * channels);
    float[] biases = biases(node, outputs);
    if (outputs < 1 || channels < 1 || weights == null || biases == null) {
      throw unfit(
          "comes of the Conv '%s', whose weights are %s, not floats with a bias an output",
          node.getOutput(0), TensorProto.DataType.forNumber(weight.getDataType()));
    }
    return new PointwiseConvolution(
        node.getOutput(0), node.getInput(0), (int) channels, weights, biases);
  }

  private float @Nullable [] biases(NodeProto node, long outputs) {
    if (node.getInputCount() <= BIAS || node.getInput(BIAS).isEmpty()) {
      return new float[(int) outputs];
    }
    TensorProto bias = graph.tensor(node.getInput(BIAS));
    return bias == null ? null : TensorValues.floats(bias, outputs);
  }

  private static boolean isPointwise(NodeProto node, TensorProto weight) {
    if (weight.getDims(2) != 1 || weight.getDims(WEIGHT_RANK - 1) != 1) {
      return false;
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      List<Long> values = attribute.getIntsList();
      boolean usual =
          switch (attribute.getName()) {
            case "strides", "kernel_shape" -> values.stream().allMatch(value -> value == 1);
            case "pads" -> values.stream().allMatch(value -> value == 0);
            case "group" -> attribute.getI() == 1;
            default -> true;
          };
      if (!usual) {
        return false;
      }
    }
    return true;
  }

  private InvalidModelException unfit(String what, Object... seen) {
    Object[] printable =
        List.of(seen).stream().map(each -> Printable.text(each.toString())).toArray();
    return new InvalidModelException(
        file.name(),
        "its output '%s' %s, but heads that can be fitted are 1x1 convolutions of features alone"
            .formatted(Printable.text(output), what.formatted(printable)));
  }
}
