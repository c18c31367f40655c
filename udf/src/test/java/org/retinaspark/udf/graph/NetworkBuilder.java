package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/** Puts a small ONNX network together, node by node; each method returns the name it made. */
public final class NetworkBuilder {

  private static final int OPERATOR_SET = 13;
  private static final int IR_VERSION = 7;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
  private int made;

  /** An input of floats; numbers are fixed axes, other text is symbolic. */
  public String input(String name, String... axes) {
    graph.addInput(declaration(name, axes));
    return name;
  }

  /** An output of floats, of a value made before. */
  public void output(String value, String name, String... axes) {
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(name).build());
    graph.addOutput(declaration(name, axes));
  }

  public String floats(List<Long> shape, float... values) {
    TensorProto.Builder tensor = constant(TensorProto.DataType.FLOAT, shape);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  public String integers(long... values) {
    TensorProto.Builder tensor =
        constant(TensorProto.DataType.INT64, List.of((long) values.length));
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** A convolution whose window starts {@code before} cells before its stride's, to any end. */
  public String convolution(
      String value, String weights, String bias, int kernel, int stride, int before, int after) {
    return node(
        "Conv",
        List.of(value, weights, bias),
        integersAttribute("kernel_shape", kernel, kernel),
        integersAttribute("strides", stride, stride),
        integersAttribute("pads", before, before, after, after));
  }

  public String reshape(String value, long... shape) {
    return node("Reshape", List.of(value, integers(shape)));
  }

  public String transpose(String value, long... order) {
    return node("Transpose", List.of(value), integersAttribute("perm", order));
  }

  public String along(String operator, long axis, String... values) {
    AttributeProto attribute =
        AttributeProto.newBuilder()
            .setName("axis")
            .setType(AttributeProto.AttributeType.INT)
            .setI(axis)
            .build();
    return node(operator, List.of(values), attribute);
  }

  public String node(String operator, List<String> inputs, AttributeProto... attributes) {
    String output = operator.toLowerCase(java.util.Locale.ROOT) + made++;
    graph.addNode(
        NodeProto.newBuilder()
            .setName(output)
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes))
            .build());
    return output;
  }

  static AttributeProto integersAttribute(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  public ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("tiny")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
        .setGraph(graph)
        .build();
  }

  private TensorProto.Builder constant(TensorProto.DataType type, List<Long> shape) {
    return TensorProto.newBuilder()
        .setName("constant" + made++)
        .setDataType(type.getNumber())
        .addAllDims(shape);
  }

  private static ValueInfoProto declaration(String name, String... axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String axis : axes) {
      if (axis.matches("\\d+")) {
        shape.addDimBuilder().setDimValue(Long.parseLong(axis));
      } else {
        shape.addDimBuilder().setDimParam(axis);
      }
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
