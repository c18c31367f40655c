package org.retinaspark.udf.tflite;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.weights.StoredType;

/** The numbers that stand in a file. */
final class TfliteConstants {

  /** A file of weights of 16 bits that has each twice, and small ones as often as it likes. */
  private static final long MOST_TIMES = 8;

  private static final long SMALL = 1 << 20;

  private final TfliteModel model;
  private final Map<Integer, TfliteTensor> widened = new HashMap<>();
  private long left;

  /**
   * Reads nothing yet.
   *
   * @param bytes how long the file is: a small one that uses its numbers over and over is refused
   */
  TfliteConstants(TfliteModel model, long bytes) {
    this.model = model;
    this.left = MOST_TIMES * bytes + SMALL;
  }

  /** Takes one tensor for the numbers of another. */
  void widen(TfliteTensor from, TfliteTensor to) {
    widened.put(to.index(), from);
  }

  boolean isConstant(TfliteTensor tensor) {
    return tensor.isConstant() || widened.containsKey(tensor.index());
  }

  /**
   * The values of a tensor of floats, in the file's order.
   *
   * @throws InvalidModelException if it is of another type, or there aren't as many as it says
   */
  float[] floats(TfliteTensor tensor) {
    TfliteTensor stored = widened.getOrDefault(tensor.index(), tensor);
    StoredType type =
        switch (stored.type()) {
          case TfliteTensor.FLOAT32 -> StoredType.FLOAT32;
          case TfliteTensor.FLOAT16 -> StoredType.FLOAT16;
          default ->
              throw new InvalidModelException(
                  model.file(),
                  stored.text()
                      + " is where floats must be; only weights of float32 and float16 are"
                      + " translated: convert the model without quantisation");
        };
    ByteBuffer data = checked(stored, tensor, type.bytes());
    float[] values = new float[tensor.count()];
    for (int index = 0; index < values.length; index++) {
      values[index] = type.value(data, index);
    }
    return values;
  }

  /** The values of a tensor of whole numbers, likewise. */
  long[] integers(TfliteTensor tensor) {
    boolean wide = tensor.type() == TfliteTensor.INT64;
    if (!wide && tensor.type() != TfliteTensor.INT32) {
      throw new InvalidModelException(
          model.file(), tensor.text() + " is where whole numbers must be");
    }
    ByteBuffer data = checked(tensor, tensor, wide ? Long.BYTES : Integer.BYTES);
    long[] values = new long[tensor.count()];
    for (int index = 0; index < values.length; index++) {
      values[index] = wide ? data.getLong(index * Long.BYTES) : data.getInt(index * Integer.BYTES);
    }
    return values;
  }

  private ByteBuffer checked(TfliteTensor stored, TfliteTensor wanted, int width) {
    long bytes = (long) wanted.count() * width;
    if (bytes != stored.data().limit()) {
      throw new InvalidModelException(
          model.file(),
          "%s has %d bytes of values, not %d"
              .formatted(wanted.text(), stored.data().limit(), bytes));
    }
    left -= (long) wanted.count() * Float.BYTES;
    if (left < 0) {
      throw new InvalidModelException(
          model.file(), "it uses the numbers in it more than %d times over".formatted(MOST_TIMES));
    }
    return stored.data();
  }
}
