package org.retinaspark.udf.graph;

import static org.retinaspark.udf.graph.NodeAttributes.integer;
import static org.retinaspark.udf.graph.NodeAttributes.integers;
import static org.retinaspark.udf.graph.NodeAttributes.number;
import static org.retinaspark.udf.graph.NodeAttributes.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes an ONNX model, node by node. Each operator is a method that names the value it makes;
 * names are the caller's and unique. Maps are {@code [batch, channels, height, width]}, floats.
 */
public final class GraphBuilder {

  /** The newest operator set that ONNX Runtime 1.29 has optimised kernels for, DeformConv's too. */
  private static final int OPERATOR_SET = 22;

  /** That of the file format that came with the operator set (ONNX 1.17). */
  private static final int IR_VERSION = 10;

  /** The first operator set whose {@code Shape} has a start and an end. */
  private static final int SHAPE_OF_SOME_AXES = 15;

  private static final Value ABSENT = new Value("");

  private final ModelProto model;
  private final long operatorSet;
  private final GraphEditor editor;

  /** Starts an empty graph of that name. */
  public GraphBuilder(String name) {
    operatorSet = OPERATOR_SET;
    model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("RetinaSpark")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
            .build();
    editor = new GraphEditor(GraphProto.newBuilder().setName(name).build());
  }

  /** Goes on where a file ends: all that it has stays, under the names that it has. */
  public GraphBuilder(OnnxFile file) {
    operatorSet = file.operatorSet();
    model = file.proto();
    editor = new GraphEditor(model.getGraph());
    model.getGraph().getNodeList().forEach(editor::keep);
  }

  /**
   * Gives a convolution of the file other numbers; one that shared them with others has its own
   * then.
   *
   * @param weights as many as it has
   * @param biases as many as it has
   */
  public void reweigh(PointwiseConvolution convolution, float[] weights, float[] biases) {
    editor.reweigh(convolution, weights, biases);
  }

  /** An input of floats; axes are numbers, or names where the length is open. */
  public Value input(String name, String... axes) {
    editor.claim(name);
    editor.graph().addInput(DynamicGraph.declared(name, TensorProto.DataType.FLOAT, axes));
    return new Value(name);
  }

  /**
   * Makes a value an output of floats.
   *
   * @param description what it is, for whoever reads the file
   * @param axes as for an input
   */
  public void output(Value value, String description, String... axes) {
    editor
        .graph()
        .addOutput(
            DynamicGraph.declared(value.name(), TensorProto.DataType.FLOAT, axes).toBuilder()
                .setDocString(description));
  }

  /**
   * A constant, in row-major order.
   *
   * @throws IllegalArgumentException if there aren't as many values as the shape says
   */
  public Value constant(String name, float[] values, int... shape) {
    List<Long> axes = Arrays.stream(shape).asLongStream().boxed().toList();
    return constant(RawTensors.floats(name, axes, values));
  }

  /** A constant vector of whole numbers. */
  public Value constant(String name, long... values) {
    return constant(RawTensors.integers(name, values));
  }

  private Value constant(TensorProto tensor) {
    editor.constant(tensor);
    return new Value(tensor.getName());
  }

  /**
   * A convolution.
   *
   * @param weight {@code [outputs, inputs / groups, kernel, kernel]}
   * @param bias {@code [outputs]}
   */
  public Value convolution(String name, Value map, Value weight, Value bias, Window window) {
    return convolution(name, map, weight, bias, window.sliding());
  }

  /** A convolution by a window of any form, likewise. */
  public Value convolution(String name, Value map, Value weight, Value bias, SlidingWindow window) {
    return node(name, "Conv", List.of(map, weight, bias), window.ofConvolution());
  }

  /**
   * A deformable convolution (Dai et al., ICCV 2017): each tap of the window is moved by its offset
   * and read bilinearly.
   *
   * @param offsets {@code [batch, 2 * kernel * kernel, height, width]}: dy and dx of each tap in
   *     rows, in cells
   */
  public Value deformableConvolution(
      String name, Value map, Value weight, Value offsets, Value bias, Window window) {
    return node(
        name, "DeformConv", List.of(map, weight, offsets, bias), window.sliding().ofConvolution());
  }

  /** The largest value in each window. */
  public Value maxPool(String name, Value map, Window window) {
    return maxPool(name, map, window.sliding());
  }

  /** The largest value in each window, of those that the map has. */
  public Value maxPool(String name, Value map, SlidingWindow window) {
    return node(name, "MaxPool", List.of(map), window.ofPooling());
  }

  /** The mean of each window, of the values that the map has. */
  public Value averagePool(String name, Value map, SlidingWindow window) {
    return node(name, "AveragePool", List.of(map), window.ofPooling());
  }

  /** Negative values times a slope; of slope 0, a plain rectifier. */
  public Value leakyRelu(String name, Value value, float slope) {
    return slope == 0
        ? node(name, "Relu", List.of(value))
        : node(name, "LeakyRelu", List.of(value), number("alpha", slope));
  }

  /** Values below the lowest or above the highest become those. */
  public Value clip(String name, Value value, float lowest, float highest) {
    Value low = constant(name + ".lowest", new float[] {lowest});
    Value high = constant(name + ".highest", new float[] {highest});
    return node(name, "Clip", List.of(value, low, high));
  }

  /**
   * Zeros around the values.
   *
   * @param amounts how many before the first of each axis, then how many behind the last of each
   */
  public Value pad(String name, Value value, long... amounts) {
    return node(name, "Pad", List.of(value, constant(name + ".amounts", amounts)));
  }

  /** A map enlarged to the height and width of another, each cell that of floor(cell / scale). */
  public Value enlarged(String name, Value map, Value like) {
    Value own = shape(name + ".from", map, 0, 2);
    Value sizes = concat(name + ".sizes", 0, own, shape(name + ".to", like, 2, 4));
    return node(
        name,
        "Resize",
        List.of(map, ABSENT, ABSENT, sizes),
        text("mode", "nearest"),
        text("coordinate_transformation_mode", "asymmetric"),
        text("nearest_mode", "floor"));
  }

  /** The lengths of a value's axes from one to before another, as a vector. */
  public Value shape(String name, Value value, long from, long to) {
    if (operatorSet < SHAPE_OF_SOME_AXES) {
      return named(name, new Value(editor.shapePart(value.name(), from, to)));
    }
    return node(name, "Shape", List.of(value), integer("start", from), integer("end", to));
  }

  /** The values side by side along an axis. */
  public Value concat(String name, int axis, Value... values) {
    return node(name, "Concat", List.of(values), integer("axis", axis));
  }

  /** The axes in another order. */
  public Value transpose(String name, Value value, Long... order) {
    return node(name, "Transpose", List.of(value), integers("perm", List.of(order)));
  }

  /** Other axes over the same values: 0 keeps the length in its place, one -1 takes the rest. */
  public Value reshape(String name, Value value, long... shape) {
    return node(name, "Reshape", List.of(value, constant(name + ".shape", shape)));
  }

  /** Makes a value an output in place of another, of which it has the type and shape. */
  public void replaceOutput(Value output, Value other) {
    editor.replaceOutput(output.name(), other.name());
  }

  /** A value of the file under another name, so that its own is free. */
  public Value renamed(Value value) {
    return new Value(editor.renamed(value.name()));
  }

  /** A value under a name. */
  public Value named(String name, Value value) {
    return value.name().equals(name) ? value : node(name, "Identity", List.of(value));
  }

  /** Shares that sum to 1 along the last axis. */
  public Value softmax(String name, Value value) {
    return node(name, "Softmax", List.of(value), integer("axis", -1));
  }

  /** Floats as whole numbers. */
  public Value wholeNumbers(String name, Value value) {
    return node(name, "Cast", List.of(value), integer("to", TensorProto.DataType.INT64_VALUE));
  }

  /** Whole numbers or truths as floats. */
  public Value floats(String name, Value value) {
    return node(name, "Cast", List.of(value), integer("to", TensorProto.DataType.FLOAT_VALUE));
  }

  /** The entries of an axis that a vector of whole numbers names. */
  public Value gather(String name, Value value, Value entries, int axis) {
    return node(name, "Gather", List.of(value, entries), integer("axis", axis));
  }

  /**
   * Cells of each image: of {@code [batch, channels, cells]} those that {@code [batch, chosen]}
   * names, as {@code [batch, chosen, channels]}.
   */
  public Value cells(String name, Value value, long channels, Value chosen) {
    Value each = reshape(name + ".each", chosen, 0, 1, -1);
    Value all = constant(name + ".channels", 1, channels, 1);
    List<Value> found = List.of(value, binary(name + ".everywhere", "Expand", each, all));
    return transpose(
        name, node(name + ".found", "GatherElements", found, integer("axis", 2)), 0L, 2L, 1L);
  }

  /**
   * Where the highest values along the last axis are, highest first.
   *
   * @param count how many, a vector of one whole number
   * @return their places, whole numbers
   */
  public Value highest(String name, Value value, Value count) {
    List<String> inputs = List.of(value.name(), count.name());
    editor.node(List.of(name + ".values", name), "TopK", inputs, List.of(integer("axis", -1)));
    return new Value(name);
  }

  /** An operator of one value that has no attributes: Sigmoid, Relu, Abs, ... */
  public Value unary(String name, String operator, Value value) {
    return node(name, operator, List.of(value));
  }

  /** An operator of two values that are brought to one shape: Add, Mul, Mod, Equal, MatMul, ... */
  public Value binary(String name, String operator, Value left, Value right) {
    return node(name, operator, List.of(left, right));
  }

  private Value node(
      String name, String operator, List<Value> inputs, AttributeProto... attributes) {
    return node(name, operator, inputs, List.of(attributes));
  }

  private Value node(
      String name, String operator, List<Value> inputs, List<AttributeProto> attributes) {
    editor.node(List.of(name), operator, inputs.stream().map(Value::name).toList(), attributes);
    return new Value(name);
  }

  /**
   * The file.
   *
   * @param metadata by key, in place of entries of the same keys; an empty text leaves one out
   */
  public byte[] onnx(Map<String, String> metadata) {
    return OnnxFile.bytes(model, editor.graph().build(), metadata);
  }
}
