package org.retinaspark.io.facetable;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of a row or struct one after the other, straight into the bytes of Spark's row
 * format, so that no number becomes an object. The structs inside a row share its buffer, which
 * grows to the largest row and serves all of them.
 */
final class Fields {

  /** Bytes of an array's element that points to data behind the array. */
  private static final int REFERENCE = Long.BYTES;

  private final UnsafeRowWriter writer;
  private final UnsafeArrayWriter floats;
  private final UnsafeArrayWriter references;
  private int next;

  private Fields(UnsafeRowWriter writer) {
    this.writer = writer;
    this.floats = new UnsafeArrayWriter(writer, Float.BYTES);
    this.references = new UnsafeArrayWriter(writer, REFERENCE);
  }

  /** The fields of a row. */
  static Fields ofRow(int count) {
    return new Fields(new UnsafeRowWriter(count));
  }

  /** The fields of a struct somewhere inside this row. */
  Fields struct(int count) {
    return new Fields(new UnsafeRowWriter(writer, count));
  }

  /** Begins the next row, over the last one. */
  void beginRow() {
    writer.reset();
    writer.zeroOutNullBytes();
    next = 0;
  }

  /** The row that all fields were written of; good until the next begins. */
  UnsafeRow row() {
    return writer.getRow();
  }

  /** Begins a struct as the next field, and gives what {@link #end} wants. */
  int begin(Fields struct) {
    int start = writer.cursor();
    struct.writer.resetRowWriter();
    struct.next = 0;
    return start;
  }

  /** Ends the struct or array that is the next field. */
  void end(int start) {
    writer.setOffsetAndSizeFromPreviousCursor(next++, start);
  }

  /** Begins an array of structs as the next field, and gives what {@link #end} wants. */
  int beginArray(int count) {
    int start = writer.cursor();
    references.initialize(count);
    return start;
  }

  /** Ends the struct that is an element of the array. */
  void endElement(int index, int start) {
    references.setOffsetAndSizeFromPreviousCursor(index, start);
  }

  void add(@Nullable String value) {
    if (value == null) {
      addNulls(1);
    } else {
      writer.write(next++, UTF8String.fromString(value));
    }
  }

  void add(int value) {
    writer.write(next++, value);
  }

  void add(long value) {
    writer.write(next++, value);
  }

  void add(float value) {
    writer.write(next++, value);
  }

  void addNulls(int count) {
    for (int i = 0; i < count; i++) {
      writer.setNullAt(next++);
    }
  }

  /** So many fields from a place of an array on. */
  void addEach(float[] values, int start, int count) {
    for (int i = 0; i < count; i++) {
      writer.write(next++, values[start + i]);
    }
  }

  /** One field, an array of so many values from a place of an array on. */
  void addArray(float[] values, int start, int count) {
    int before = writer.cursor();
    floats.initialize(count);
    for (int i = 0; i < count; i++) {
      floats.write(i, values[start + i]);
    }
    end(before);
  }

  /** One field, an array of texts. */
  void addArray(List<String> values) {
    int start = beginArray(values.size());
    for (int i = 0; i < values.size(); i++) {
      references.write(i, UTF8String.fromString(values.get(i)));
    }
    end(start);
  }
}
