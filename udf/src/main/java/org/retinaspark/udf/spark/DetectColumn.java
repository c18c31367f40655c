package org.retinaspark.udf.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What a task does with rows that have an image: the same rows out, in the same order, each with
 * one column more for what was found in it. Read ahead and inferred in batches over the rows.
 */
public final class DetectColumn implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {

  private static final long serialVersionUID = 1L;

  private final ColumnDetection detection;
  private final Expression content;
  private final StructType columns;

  /**
   * A function of rows.
   *
   * @param content gives the bytes of the image, bound to the places of the row's columns
   * @param columns those of the rows that come in
   */
  public DetectColumn(ColumnDetection detection, Expression content, StructType columns) {
    this.detection = detection;
    this.content = content;
    this.columns = columns;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    RowsInWork inWork = new RowsInWork(rows);
    Iterator<InternalRow> found = detection.over(inWork);
    UnsafeProjection projection =
        UnsafeProjection$.MODULE$.create(columns.add("detection", detection.type(), false));
    JoinedRow joined = new JoinedRow();
    GenericInternalRow column = new GenericInternalRow(1);
    return new Iterator<>() {

      @Override
      public boolean hasNext() {
        return found.hasNext();
      }

      @Override
      public InternalRow next() {
        column.update(0, found.next());
        return projection.apply(joined.apply(inWork.done(), column));
      }
    };
  }

  /** Gives the images of rows, and keeps the rows until what was found in them comes back. */
  private final class RowsInWork implements Iterator<byte[]> {

    private final Iterator<InternalRow> rows;
    private final Deque<Held> held = new ArrayDeque<>();
    private long bytes;

    private record Held(InternalRow row, int bytes) {}

    RowsInWork(Iterator<InternalRow> rows) {
      this.rows = rows;
    }

    /** None for now while those in work are large: a row can be as large as it likes. */
    @Override
    public boolean hasNext() {
      return (held.isEmpty() || bytes < detection.aheadBytes()) && rows.hasNext();
    }

    @Override
    public byte @Nullable [] next() {
      if (!rows.hasNext()) {
        throw new NoSuchElementException();
      }
      InternalRow row = rows.next().copy();
      byte @Nullable [] image = (byte[]) content.eval(row);
      held.add(new Held(row, image == null ? 0 : image.length));
      bytes += held.getLast().bytes();
      return image;
    }

    InternalRow done() {
      Held first = held.remove();
      bytes -= first.bytes();
      return first.row();
    }
  }
}
