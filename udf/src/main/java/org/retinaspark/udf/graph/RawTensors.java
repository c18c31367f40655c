package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Constants as raw data, the form that costs neither memory nor time when a file is read or written
 * ({@link TensorValues} reads every form).
 */
final class RawTensors {

  private RawTensors() {}

  static TensorProto floats(String name, List<Long> shape, float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return tensor(name, TensorProto.DataType.FLOAT, shape, bytes);
  }

  /** A vector. */
  static TensorProto integers(String name, long... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Long.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return tensor(name, TensorProto.DataType.INT64, List.of((long) values.length), bytes);
  }

  private static TensorProto tensor(
      String name, TensorProto.DataType type, List<Long> shape, byte[] bytes) {
    long count = shape.stream().reduce(1L, Math::multiplyExact);
    int width = type == TensorProto.DataType.FLOAT ? Float.BYTES : Long.BYTES;
    if (count * width != bytes.length) {
      throw new IllegalArgumentException(
          "tensor '%s' of shape %s has %d values"
              .formatted(Printable.text(name), shape, bytes.length / width));
    }
    // Nobody else has the array, so nobody changes it.
    ByteString raw = UnsafeByteOperations.unsafeWrap(bytes);
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(type.getNumber())
        .addAllDims(shape)
        .setRawData(raw)
        .build();
  }
}
