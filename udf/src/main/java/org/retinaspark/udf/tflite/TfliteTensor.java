package org.retinaspark.udf.tflite;

import java.nio.ByteBuffer;
import java.util.List;
import org.retinaspark.udf.graph.Printable;

/**
 * A tensor of a file.
 *
 * @param index its number, which operators know it by
 * @param name what people call it; may be empty, and another's too
 * @param type number of its type in the schema's {@code TensorType}
 * @param shape its lengths, positive; empty for a single number
 * @param data the bytes of a constant, little-endian, not copied; none for what is computed
 */
record TfliteTensor(int index, String name, int type, List<Integer> shape, ByteBuffer data) {

  static final int FLOAT32 = 0;
  static final int FLOAT16 = 1;
  static final int INT32 = 2;
  static final int INT64 = 4;

  private static final List<String> TYPES =
      List.of(
          "float32",
          "float16",
          "int32",
          "uint8",
          "int64",
          "string",
          "bool",
          "int16",
          "complex64",
          "int8",
          "float64",
          "complex128",
          "uint64",
          "resource",
          "variant",
          "uint32",
          "uint16",
          "int4",
          "bfloat16");

  /** Whether its values are in the file. */
  boolean isConstant() {
    return data.limit() > 0;
  }

  /** How many values it has; the reader has seen to it that they are few enough. */
  int count() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  int rank() {
    return shape.size();
  }

  /** Its length along an axis. */
  int length(int axis) {
    return shape.get(axis);
  }

  /** Its type, for people. */
  String typeText() {
    return type >= 0 && type < TYPES.size() ? TYPES.get(type) : "of unknown type " + type;
  }

  /** What it is, for people. */
  String text() {
    return "tensor %d ('%s') %s %s".formatted(index, Printable.text(name), typeText(), shape);
  }
}
