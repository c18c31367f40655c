package org.retinaspark.io.table;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.facetable.FaceTable;

/**
 * What tells whether rows come back as they were written, in whatever order: damage to a file that
 * still reads as Parquet is seen too, on every store.
 *
 * @param rows how many there are, one an image
 * @param hash of all values of all rows: the exclusive or of a hash a row
 */
record RowChecksum(long rows, long hash) {

  /** Of no rows. */
  static final RowChecksum NONE = new RowChecksum(0, 0);

  private static final String ROWS = "rows";
  private static final String HASH = "hash";

  /** Of rows that are read. */
  static RowChecksum of(Dataset<Row> rows) {
    Column[] columns = columns(rows.schema());
    return of(rows.agg(columns[0], columns[1]).head());
  }

  /** Two columns over groups of rows that are read, for {@link #of(Row)}. */
  static Column[] columns(StructType schema) {
    Column[] values = Arrays.stream(schema.fields()).map(RowChecksum::value).toArray(Column[]::new);
    return new Column[] {
      count_if(FaceTable.startsImage(schema)).as(ROWS),
      coalesce(bit_xor(xxhash64(values)), lit(0L)).as(HASH)
    };
  }

  private static Column value(StructField field) {
    Column column = PartitionColumn.column(field.name());
    // Spark hashes no maps, whose entries have no order.
    return field.dataType().existsRecursively(type -> type instanceof MapType)
        ? column.cast(DataTypes.StringType)
        : column;
  }

  /** From a row that has {@link #columns}. */
  static RowChecksum of(Row row) {
    return new RowChecksum(row.<Long>getAs(ROWS), row.<Long>getAs(HASH));
  }

  /** Rows whose checksum is there for {@link #of(Observation)} once they are written. */
  static Dataset<Row> observe(Dataset<Row> rows, Observation observation) {
    Column[] columns = columns(rows.schema());
    return rows.observe(observation, columns[0], columns[1]);
  }

  /** Of the rows that were written. */
  static RowChecksum of(Observation observation) throws InterruptedIOException {
    try {
      Map<String, Object> observed = observation.getAsJava();
      return new RowChecksum(number(observed, ROWS), number(observed, HASH));
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted after rows were written");
    }
  }

  private static long number(Map<String, Object> observed, String name) {
    return ((Number) Objects.requireNonNull(observed.get(name))).longValue();
  }

  /** What is wrong with rows that are there in place of these. */
  String against(RowChecksum found) {
    return found.rows == rows
        ? "its %d rows are not those that were written".formatted(rows)
        : "%d of its %d rows are there".formatted(found.rows, rows);
  }
}
