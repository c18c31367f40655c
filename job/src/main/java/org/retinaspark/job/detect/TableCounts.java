package org.retinaspark.job.detect;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.retinaspark.udf.spark.FaceTable;

/**
 * What a written table holds, by status. Counted from the table itself, since Spark's accumulators
 * count a repeated task twice.
 */
record TableCounts(long images, long failed, long faces, Map<String, Long> failures) {

  static TableCounts of(Dataset<Row> table) {
    long images = 0;
    long failed = 0;
    long faces = 0;
    Map<String, Long> failures = new TreeMap<>();
    for (Row group :
        table
            .groupBy(col("status"), col("error.stage"), col("error.code"))
            .agg(count(lit(1)), sum(size(col("faces"))))
            .collectAsList()) {
      long rows = group.getLong(3);
      images += rows;
      faces += group.getLong(4);
      if (group.getString(0).equals(FaceTable.FAILED)) {
        failed += rows;
        failures.merge(group.getString(1) + "/" + group.getString(2), rows, Long::sum);
      }
    }
    return new TableCounts(images, failed, faces, failures);
  }
}
