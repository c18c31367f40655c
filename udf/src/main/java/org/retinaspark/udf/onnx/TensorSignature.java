package org.retinaspark.udf.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A declared input or output.
 *
 * @param name its name in the graph
 * @param elementType {@link TensorProto.DataType} as a number; 0 where none is declared
 * @param axes its shape; null where none is declared
 */
record TensorSignature(String name, int elementType, @Nullable List<Axis> axes) {

  /**
   * One axis.
   *
   * @param size its length, or {@link #OPEN}
   * @param symbol its name where the length is open, possibly empty
   */
  record Axis(long size, String symbol) {

    static final long OPEN = -1;

    private static Axis of(Dimension dimension) {
      return dimension.getDimValue() > 0
          ? new Axis(dimension.getDimValue(), "")
          : new Axis(OPEN, dimension.getDimParam());
    }

    @Override
    public String toString() {
      if (size != OPEN) {
        return Long.toString(size);
      }
      return symbol.isEmpty() ? "?" : Printable.text(symbol);
    }
  }

  static TensorSignature of(ValueInfoProto declared) {
    TypeProto.Tensor type = declared.getType().getTensorType();
    if (!type.hasShape()) {
      return new TensorSignature(declared.getName(), type.getElemType(), null);
    }
    List<Axis> axes = new ArrayList<>();
    for (Dimension dimension : type.getShape().getDimList()) {
      axes.add(Axis.of(dimension));
    }
    return new TensorSignature(declared.getName(), type.getElemType(), axes);
  }

  /** The same tensor with the shape that a run of it had. */
  TensorSignature observed(long[] shape) {
    List<Axis> seen = new ArrayList<>();
    for (long size : shape) {
      seen.add(new Axis(size, ""));
    }
    return new TensorSignature(name, elementType, seen);
  }

  /** Number of axes; -1 where no shape is declared. */
  int rank() {
    return axes == null ? -1 : axes.size();
  }

  /** Length of an axis; {@link Axis#OPEN} where it has none or no length is declared. */
  long size(int axis) {
    return axes == null || axis < 0 || axis >= axes.size() ? Axis.OPEN : axes.get(axis).size();
  }

  /** Length of the last axis. */
  long last() {
    return size(rank() - 1);
  }

  /** Whether the declared shape leaves anything open. */
  boolean open() {
    return axes == null || axes.stream().anyMatch(axis -> axis.size() == Axis.OPEN);
  }

  boolean isFloat() {
    return elementType == TensorProto.DataType.FLOAT_VALUE;
  }

  String shapeText() {
    if (axes == null) {
      return "[shape not declared]";
    }
    StringJoiner text = new StringJoiner(", ", "[", "]");
    axes.forEach(axis -> text.add(axis.toString()));
    return text.toString();
  }

  String text() {
    return Printable.text(name) + " " + typeText() + " " + shapeText();
  }

  String typeText() {
    TensorProto.DataType type = TensorProto.DataType.forNumber(elementType);
    if (type == null || type == TensorProto.DataType.UNDEFINED) {
      return "of undeclared type";
    }
    return type.name().toLowerCase(Locale.ROOT);
  }
}
