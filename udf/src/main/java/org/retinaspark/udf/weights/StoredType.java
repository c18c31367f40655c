package org.retinaspark.udf.weights;

import java.nio.ByteBuffer;

/** What a stored tensor's elements are; each is read as the float nearest to it. */
public enum StoredType {
  /** IEEE 754 binary64. */
  FLOAT64(8),
  /** IEEE 754 binary32. */
  FLOAT32(4),
  /** IEEE 754 binary16. */
  FLOAT16(2),
  /** The upper half of a binary32. */
  BFLOAT16(2),
  /** Signed, 64 bits. */
  INT64(8),
  /** Signed, 32 bits. */
  INT32(4),
  /** Signed, 16 bits. */
  INT16(2),
  /** Signed, 8 bits. */
  INT8(1),
  /** Unsigned, 8 bits. */
  UINT8(1),
  /** A byte that is zero or not. */
  BOOL(1);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** The size of an element. */
  public int bytes() {
    return bytes;
  }

  /** The element of an index, in the buffer's byte order. */
  public float value(ByteBuffer storage, long index) {
    int at = Math.toIntExact(index * bytes);
    return switch (this) {
      case FLOAT64 -> (float) storage.getDouble(at);
      case FLOAT32 -> storage.getFloat(at);
      case FLOAT16 -> half(storage.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(storage.getShort(at) << 16);
      case INT64 -> storage.getLong(at);
      case INT32 -> storage.getInt(at);
      case INT16 -> storage.getShort(at);
      case INT8 -> storage.get(at);
      case UINT8 -> Byte.toUnsignedInt(storage.get(at));
      case BOOL -> storage.get(at) == 0 ? 0 : 1;
    };
  }

  /** 5 bits of exponent, 10 of fraction; {@code Float.float16ToFloat} of Java 20. */
  private static float half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float size =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << 13));
        };
    return bits < 0 ? -size : size;
  }
}
