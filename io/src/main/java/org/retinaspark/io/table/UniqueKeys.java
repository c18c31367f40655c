package org.retinaspark.io.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.facetable.ColumnNames;

/** The promise that no key has two rows. */
final class UniqueKeys {

  private static final int SHOWN = 3;
  private static final String NUMBER = "number";

  private UniqueKeys() {}

  /**
   * Checks the promise, and counts the rows.
   *
   * @throws UnusableLocationException naming some of the keys that several images have
   * @throws IllegalStateException naming some of those that one image has several rows for
   */
  static long require(Dataset<Row> rows, String key) {
    Dataset<Row> counted = rows.groupBy(col(key)).count();
    Row all = counted.agg(sum("count"), max("count")).head();
    if (all.isNullAt(0) || all.getLong(1) == 1) {
      return all.isNullAt(0) ? 0 : all.getLong(0);
    }
    Column uri = col(ColumnNames.URI);
    List<Row> repeated =
        rows.groupBy(col(key))
            .agg(count(lit(1)).as(NUMBER), min(uri), max(uri))
            .where(col(NUMBER).gt(1))
            .orderBy(key)
            .limit(SHOWN)
            .collectAsList();
    String examples = repeated.stream().map(UniqueKeys::places).collect(Collectors.joining(", "));
    if (repeated.stream().allMatch(row -> row.getString(2).equals(row.getString(3)))) {
      throw new IllegalStateException(
          ("more than one row for %s: the table was not published. Its chunks stay as they are;"
                  + " begin again with --overwrite")
              .formatted(examples));
    }
    throw new UnusableLocationException(
        ("more than one image has the key %s: the table was not published, since rows could not be"
                + " told apart. What was committed stays, but can't go on under other keys. Begin"
                + " again with --overwrite --keys path, which puts the file's path before the name"
                + " of what is in it, or give the images names unlike each other")
            .formatted(examples));
  }

  private static String places(Row repeated) {
    String first = repeated.getString(2);
    String last = repeated.getString(3);
    return "'%s' (%s)"
        .formatted(repeated.getString(0), first.equals(last) ? first : first + " and " + last);
  }
}
