package org.retinaspark.job.eval.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.Tuple4;

/**
 * Brings faces and detections of the same image together: one shuffle by key, sorted within its
 * partitions, read as a stream. Of several rows for an image the smallest in byte order is kept, so
 * that the result doesn't depend on the order of files.
 */
final class Pairing {

  private static final int TRUTH = 0;
  private static final int DETECTIONS = 1;

  private Pairing() {}

  /** As an RDD, whose shuffle files serve every pass that is made over it. */
  static RDD<Tuple4<String, byte[], byte[], Integer>> pair(
      Dataset<Tuple2<String, byte[]>> truths, Dataset<Tuple2<String, byte[]>> detections) {
    Dataset<Row> all = tagged(truths, TRUTH).union(tagged(detections, DETECTIONS));
    return all.repartition(col("image"))
        .sortWithinPartitions(col("image"), col("side"))
        .mapPartitions(new Merge(), PairedImage.encoder())
        .rdd();
  }

  private static Dataset<Row> tagged(Dataset<Tuple2<String, byte[]>> records, int side) {
    return records.select(col("_1").as("image"), lit(side).as("side"), col("_2").as("bytes"));
  }

  private static final class Merge
      implements MapPartitionsFunction<Row, Tuple4<String, byte[], byte[], Integer>> {

    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Tuple4<String, byte[], byte[], Integer>> call(Iterator<Row> rows) {
      return new Groups(rows);
    }
  }

  private static final class Groups implements Iterator<Tuple4<String, byte[], byte[], Integer>> {

    private final Iterator<Row> rows;
    private @Nullable Row next;

    Groups(Iterator<Row> rows) {
      this.rows = rows;
      advance();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Tuple4<String, byte[], byte[], Integer> next() {
      Row row = next;
      if (row == null) {
        throw new NoSuchElementException("the partition has no more images");
      }
      String image = row.getString(0);
      byte[] truth = new byte[0];
      byte[] detections = new byte[0];
      int count = 0;
      for (; row != null && row.getString(0).equals(image); row = advance()) {
        byte[] bytes = row.getAs(2);
        if (row.getInt(1) == TRUTH) {
          truth = bytes;
        } else {
          boolean first = count++ == 0;
          detections = first || Arrays.compare(bytes, detections) < 0 ? bytes : detections;
        }
      }
      return new PairedImage(image, truth, detections, count).tuple();
    }

    private @Nullable Row advance() {
      next = rows.hasNext() ? rows.next() : null;
      return next;
    }
  }

  static Dataset<Tuple4<String, byte[], byte[], Integer>> dataset(
      org.apache.spark.sql.SparkSession spark, RDD<Tuple4<String, byte[], byte[], Integer>> pairs) {
    return spark.createDataset(pairs, PairedImage.encoder());
  }
}
