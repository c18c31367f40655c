package org.retinaspark.io.images;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * Some rows of a part of a table, by their numbers in its file: a bit for each from the first on.
 *
 * @param first the number that the first bit stands for
 * @param bits which rows
 * @param end from this number on it has all rows
 */
public record RowSelection(long first, BitSet bits, long end) implements Serializable {

  /** The rows of these numbers, which lie in one part of a file, and all from another on. */
  public static RowSelection of(List<Long> rows, long end) {
    long first = rows.isEmpty() ? 0 : Collections.min(rows);
    BitSet bits = new BitSet();
    for (long row : rows) {
      bits.set(Math.toIntExact(row - first));
    }
    return new RowSelection(first, bits, end);
  }

  /** What {@link #bytes} gave. */
  static RowSelection of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long first = buffer.getLong();
    long end = buffer.getLong();
    return new RowSelection(first, BitSet.valueOf(buffer), end);
  }

  /** All of it, for a column of Spark. */
  public byte[] bytes() {
    byte[] set = bits.toByteArray();
    return ByteBuffer.allocate(2 * Long.BYTES + set.length)
        .putLong(first)
        .putLong(end)
        .put(set)
        .array();
  }

  /** Whether it has a row. */
  public boolean has(long row) {
    return hasAny(row, 1);
  }

  /** Whether it has any of so many rows from one on. */
  public boolean hasAny(long from, long count) {
    if (from + count > end) {
      return true;
    }
    long start = Math.max(0, from - first);
    if (start >= bits.length()) {
      return false;
    }
    int next = bits.nextSetBit((int) start);
    return next >= 0 && next < from + count - first;
  }
}
