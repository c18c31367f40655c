package org.retinaspark.io.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The promise that no key has two rows. */
final class UniqueKeys {

  private static final int SHOWN = 5;

  private UniqueKeys() {}

  /**
   * Checks the promise, and counts the rows.
   *
   * @throws IllegalStateException naming some of the keys that break it
   */
  static long require(Dataset<Row> rows, String key) {
    Dataset<Row> counted = rows.groupBy(col(key)).count();
    Row all = counted.agg(sum("count"), max("count")).head();
    if (all.isNullAt(0) || all.getLong(1) == 1) {
      return all.isNullAt(0) ? 0 : all.getLong(0);
    }
    List<Row> repeated = counted.where(col("count").gt(1)).limit(SHOWN).collectAsList();
    throw new IllegalStateException(
        ("more than one row for %s: the table was not published. Its chunks stay as they are; begin"
                + " again with --overwrite")
            .formatted(repeated.stream().map(row -> "'" + row.getString(0) + "'").toList()));
  }
}
