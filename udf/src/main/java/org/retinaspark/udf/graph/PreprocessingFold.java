package org.retinaspark.udf.graph;

import static org.retinaspark.udf.graph.NodeAttributes.integer;
import static org.retinaspark.udf.graph.NodeAttributes.integers;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the way from pixels to numbers into a graph: its input becomes pixels, {@code [batch,
 * height, width, 3]} of unsigned bytes, and the first nodes make of them what the input had been.
 *
 * <p>The pixels are transposed as bytes, a quarter of the floats; where the mean is whole levels,
 * one {@code DequantizeLinear} converts, subtracts and scales in one pass over memory, in the very
 * arithmetic of {@code (pixel - mean) * scale}.
 */
final class PreprocessingFold {

  private static final String PIXELS = "pixels";
  private static final List<Long> PLANES_FIRST = List.of(0L, 3L, 1L, 2L);
  private static final List<Long> PLANES_LAST = List.of(0L, 2L, 3L, 1L);
  private static final List<Long> IN_ORDER = List.of(0L, 1L, 2L);
  private static final long CHANNEL_AXIS = 1;
  private static final List<Long> PER_CHANNEL = List.of(1L, 3L, 1L, 1L);

  /** The first operator set whose {@code DequantizeLinear} has an axis. */
  private static final long DEQUANTIZES_BY_CHANNEL = 13;

  private static final int HIGHEST_LEVEL = 255;

  private final GraphProto source;
  private final GraphEditor editor;
  private final List<Long> channels;
  private final List<Float> mean;
  private final float scale;
  private final long operatorSet;

  /** Prepares to fold {@code (pixel - mean) * scale} into a graph of an ai.onnx operator set. */
  PreprocessingFold(
      GraphProto source, List<Long> channels, List<Float> mean, float scale, long operatorSet) {
    this.source = source;
    this.editor = new GraphEditor(source);
    this.channels = channels;
    this.mean = mean;
    this.scale = scale;
    this.operatorSet = operatorSet;
  }

  /**
   * The graph with an input of pixels.
   *
   * @param input the name of its only input, floats
   */
  GraphProto fold(String input) {
    String pixels = editor.name(PIXELS);
    String value = editor.node("Transpose", List.of(pixels), integers("perm", PLANES_FIRST));
    if (!channels.equals(IN_ORDER)) {
      value =
          editor.node(
              "Gather", List.of(value, editor.integers(channels)), integer("axis", CHANNEL_AXIS));
    }
    value = normalised(value);
    if (DynamicGraph.channelsLast(TensorSignature.of(source.getInput(0)))) {
      value = editor.node("Transpose", List.of(value), integers("perm", PLANES_LAST));
    }
    editor.keep(
        NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(input).build());
    source.getNodeList().forEach(editor::keep);
    GraphProto.Builder graph = editor.graph();
    graph.clearInput();
    graph.addInput(DynamicGraph.pixels(pixels));
    return graph.build();
  }

  private String normalised(String planes) {
    boolean plain = scale == 1 && mean.stream().allMatch(level -> level == 0);
    if (!plain && operatorSet >= DEQUANTIZES_BY_CHANNEL && wholeMean()) {
      return editor.node(
          "DequantizeLinear", List.of(planes, scales(), levels()), integer("axis", CHANNEL_AXIS));
    }
    String value =
        editor.node("Cast", List.of(planes), integer("to", TensorProto.DataType.FLOAT.getNumber()));
    if (mean.stream().anyMatch(level -> level != 0)) {
      value = editor.node("Sub", List.of(value, editor.floats(PER_CHANNEL, mean)));
    }
    return scale == 1
        ? value
        : editor.node("Mul", List.of(value, editor.floats(List.of(1L), List.of(scale))));
  }

  private boolean wholeMean() {
    return mean.stream()
        .allMatch(level -> level >= 0 && level <= HIGHEST_LEVEL && level == Math.rint(level));
  }

  private String scales() {
    List<Float> scales = new ArrayList<>();
    mean.forEach(level -> scales.add(scale));
    return editor.floats(List.of((long) scales.size()), scales);
  }

  private String levels() {
    return editor.levels(mean.stream().map(Float::intValue).toList());
  }
}
