package org.retinaspark.io.images;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.retinaspark.io.UnusableLocationException;

/**
 * What a listing has, each of whose keys stands once: others would make rows ambiguous.
 *
 * @param units how many
 * @param bytes of all files of known length together, as far as a long holds them
 * @param many whether a unit may be a file of many images
 */
record UnitCounts(long units, long bytes, boolean many) {

  private static final int EXAMPLES = 3;
  private static final String NUMBER = "number";

  /**
   * Counts.
   *
   * @throws UnusableLocationException naming some keys and where their files are, if a key is there
   *     more than once
   */
  static UnitCounts of(Dataset<Row> units) {
    // By hashes, which are smaller than keys; what has one hash is looked at again by its key.
    Row counted =
        units
            .groupBy(xxhash64(col(UnitColumns.IMAGE)))
            .agg(
                count(lit(1)).as(NUMBER),
                try_sum(coalesce(wholeLength(), lit(0L))).as("bytes"),
                max(col(UnitColumns.FORMAT).notEqual(FileFormat.IMAGE.name())).as("many"))
            .agg(
                sum(NUMBER),
                // Lengths are the word of a manifest, and may be any.
                coalesce(try_sum(col("bytes")), lit(Long.MAX_VALUE)),
                max("many"),
                max(NUMBER))
            .head();
    if (counted.getLong(3) > 1) {
      refuseRepeated(units);
    }
    return new UnitCounts(counted.getLong(0), counted.getLong(1), counted.getBoolean(2));
  }

  /** Known lengths; of the parts of a table only the first's, since it is the whole file's. */
  private static Column wholeLength() {
    Column length = col(UnitColumns.LENGTH);
    return when(col(UnitColumns.OFFSET).equalTo(0).and(length.gt(0)), length);
  }

  private static void refuseRepeated(Dataset<Row> units) {
    Column uri = concat(col(UnitColumns.PREFIX), col(UnitColumns.PATH));
    Dataset<Row> repeated =
        units
            .groupBy(UnitColumns.IMAGE)
            .agg(count(lit(1)).as(NUMBER), min(uri), max(uri))
            .where(col(NUMBER).gt(1));
    long keys = repeated.count();
    if (keys == 0) {
      return; // two keys of one hash
    }
    List<Row> examples = repeated.orderBy(UnitColumns.IMAGE).limit(EXAMPLES).collectAsList();
    throw new UnusableLocationException(
        ("the inputs give %d keys more than once: %s%s. Nothing was read, since rows could not be"
                + " told apart. Give a folder above them as one --input, or name each image once")
            .formatted(
                keys,
                examples.stream()
                    .map(
                        row ->
                            "'%s' (%s and %s)"
                                .formatted(row.getString(0), row.getString(2), row.getString(3)))
                    .collect(Collectors.joining(", ")),
                keys > EXAMPLES ? ", ..." : ""));
  }
}
