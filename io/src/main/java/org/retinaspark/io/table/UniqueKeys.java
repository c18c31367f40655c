package org.retinaspark.io.table;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The promise that no key has two rows. */
final class UniqueKeys {

  private static final int SHOWN = 5;

  private UniqueKeys() {}

  /**
   * Checks the promise.
   *
   * @throws IllegalStateException naming some of the keys that break it
   */
  static void require(Dataset<Row> rows, String key) {
    List<Row> repeated =
        rows.groupBy(col(key)).count().where(col("count").gt(1)).limit(SHOWN).collectAsList();
    if (!repeated.isEmpty()) {
      throw new IllegalStateException(
          ("more than one row for %s: the table was not published. Its chunks stay as they are;"
                  + " begin again with --overwrite")
              .formatted(repeated.stream().map(row -> "'" + row.getString(0) + "'").toList()));
    }
  }
}
