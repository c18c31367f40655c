package org.retinaspark.udf.graph;

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
public record TensorSignature(String name, int elementType, @Nullable List<Axis> axes) {

  /**
   * One axis.
   *
   * @param size its length, or {@link #OPEN}
   * @param symbol its name where the length is open, possibly empty
   */
  public record Axis(long size, String symbol) {

    public static final long OPEN = -1;

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
  public TensorSignature observed(long[] shape) {
    List<Axis> seen = new ArrayList<>();
    for (long size : shape) {
      seen.add(new Axis(size, ""));
    }
    return new TensorSignature(name, elementType, seen);
  }

  /** Number of axes; -1 where no shape is declared. */
  public int rank() {
    return axes == null ? -1 : axes.size();
  }

  /** Length of an axis; {@link Axis#OPEN} where it has none or no length is declared. */
  public long size(int axis) {
    return axes == null || axis < 0 || axis >= axes.size() ? Axis.OPEN : axes.get(axis).size();
  }

  /** Length of the last axis. */
  public long last() {
    return size(rank() - 1);
  }

  /** Whether the declared shape leaves anything open. */
  public boolean open() {
    return axes == null || axes.stream().anyMatch(axis -> axis.size() == Axis.OPEN);
  }

  /** Whether its elements are unsigned bytes. */
  public boolean isUnsignedByte() {
    return elementType == TensorProto.DataType.UINT8_VALUE;
  }

  /** Whether its elements are 32-bit floats. */
  public boolean isFloat() {
    return elementType == TensorProto.DataType.FLOAT_VALUE;
  }

  /** Its axes, for people. */
  public String shapeText() {
    if (axes == null) {
      return "[shape not declared]";
    }
    StringJoiner text = new StringJoiner(", ", "[", "]");
    axes.forEach(axis -> text.add(axis.toString()));
    return text.toString();
  }

  /** Name, type and axes, for people. */
  public String text() {
    return Printable.text(name) + " " + typeText() + " " + shapeText();
  }

  /** The type of its elements, for people. */
  public String typeText() {
    TensorProto.DataType type = TensorProto.DataType.forNumber(elementType);
    if (type == null || type == TensorProto.DataType.UNDEFINED) {
      return "of undeclared type";
    }
    return type.name().toLowerCase(Locale.ROOT);
  }
}
