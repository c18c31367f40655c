package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The numbers of a constant tensor, however the file stores them. */
final class TensorValues {

  /** Shapes, means and scales are far smaller. */
  private static final int MOST = 1024;

  private TensorValues() {}

  /**
   * The values of a tensor of any number type, or null if it is large, empty or of another type.
   */
  static double @Nullable [] of(TensorProto tensor) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type == null) {
      return null;
    }
    return switch (type) {
      case FLOAT ->
          tensor.hasRawData()
              ? raw(tensor, Float.BYTES, ByteBuffer::getFloat)
              : listed(tensor.getFloatDataCount(), tensor::getFloatData);
      case DOUBLE ->
          tensor.hasRawData()
              ? raw(tensor, Double.BYTES, ByteBuffer::getDouble)
              : listed(tensor.getDoubleDataCount(), tensor::getDoubleData);
      case INT64 ->
          tensor.hasRawData()
              ? raw(tensor, Long.BYTES, buffer -> (double) buffer.getLong())
              : listed(tensor.getInt64DataCount(), index -> (double) tensor.getInt64Data(index));
      case INT32 ->
          tensor.hasRawData()
              ? raw(tensor, Integer.BYTES, ByteBuffer::getInt)
              : listed(tensor.getInt32DataCount(), tensor::getInt32Data);
      case UINT8 ->
          tensor.hasRawData()
              ? raw(tensor, Byte.BYTES, buffer -> Byte.toUnsignedInt(buffer.get()))
              : listed(tensor.getInt32DataCount(), tensor::getInt32Data);
      default -> null;
    };
  }

  /**
   * The values of a tensor of floats, of any length.
   *
   * @param count how many there have to be
   * @return null if it has another type, or not as many values as that
   */
  static float @Nullable [] floats(TensorProto tensor, long count) {
    if (tensor.getDataType() != TensorProto.DataType.FLOAT_VALUE) {
      return null;
    }
    boolean raw = tensor.hasRawData();
    // The file holds the values, so that nothing is allocated that it doesn't have.
    long bytes = raw ? tensor.getRawData().size() : (long) Float.BYTES * tensor.getFloatDataCount();
    if (count > Integer.MAX_VALUE || bytes != Float.BYTES * count) {
      return null;
    }
    float[] values = new float[(int) count];
    if (raw) {
      tensor
          .getRawData()
          .asReadOnlyByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
    } else {
      for (int index = 0; index < values.length; index++) {
        values[index] = tensor.getFloatData(index);
      }
    }
    return values;
  }

  private static double @Nullable [] raw(TensorProto tensor, int width, Element element) {
    int count = tensor.getRawData().size() / width;
    if (count == 0 || count > MOST) {
      return null;
    }
    ByteBuffer buffer = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return listed(count, index -> element.next(buffer));
  }

  private static double @Nullable [] listed(int count, Listed values) {
    if (count == 0 || count > MOST) {
      return null;
    }
    double[] numbers = new double[count];
    for (int index = 0; index < count; index++) {
      numbers[index] = values.at(index);
    }
    return numbers;
  }

  private interface Element {
    double next(ByteBuffer buffer);
  }

  private interface Listed {
    double at(int index);
  }
}
