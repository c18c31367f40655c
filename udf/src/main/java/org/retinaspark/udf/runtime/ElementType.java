package org.retinaspark.udf.runtime;

/** What the elements of an input tensor are. */
public enum ElementType {
  /** 32-bit floats. */
  FLOAT(Float.BYTES),
  /** Unsigned bytes. */
  UINT8(Byte.BYTES);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }
}
