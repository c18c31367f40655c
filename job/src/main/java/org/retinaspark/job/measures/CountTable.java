package org.retinaspark.job.measures;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Rows of long counts that take memory only where something was counted, and are written without
 * their zeros: a table of hundreds of histograms travels between tasks as a few kilobytes.
 */
final class CountTable implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final long[] EMPTY = new long[0];

  private final int columns;
  private final transient long[][] rows;

  CountTable(int rows, int columns) {
    this.columns = columns;
    this.rows = new long[rows][];
    Arrays.fill(this.rows, EMPTY);
  }

  void add(int row, int column, long count) {
    writable(row)[column] += count;
  }

  void merge(CountTable other) {
    for (int row = 0; row < rows.length; row++) {
      if (other.rows[row].length > 0) {
        long[] mine = writable(row);
        for (int column = 0; column < columns; column++) {
          mine[column] += other.rows[row][column];
        }
      }
    }
  }

  long at(int row, int column) {
    return rows[row].length == 0 ? 0 : rows[row][column];
  }

  long[] row(int row) {
    return rows[row].length == 0 ? new long[columns] : rows[row].clone();
  }

  /** A row to count in. */
  long[] writable(int row) {
    if (rows[row].length == 0) {
      rows[row] = new long[columns];
    }
    return rows[row];
  }

  private void write(DataOutput out) throws IOException {
    out.writeInt(rows.length);
    out.writeInt(columns);
    for (long[] row : rows) {
      int filled = 0;
      for (long count : row) {
        filled += count == 0 ? 0 : 1;
      }
      out.writeInt(filled);
      for (int column = 0; column < row.length; column++) {
        if (row[column] != 0) {
          out.writeInt(column);
          out.writeLong(row[column]);
        }
      }
    }
  }

  private static CountTable read(DataInput in) throws IOException {
    int rows = in.readInt();
    CountTable table = new CountTable(rows, in.readInt());
    for (int row = 0; row < rows; row++) {
      for (int left = in.readInt(); left > 0; left--) {
        int column = in.readInt();
        table.add(row, column, in.readLong());
      }
    }
    return table;
  }

  private Object writeReplace() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Written(bytes.toByteArray());
  }

  private record Written(byte[] table) implements Serializable {

    private Object readResolve() {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(table))) {
        return read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
