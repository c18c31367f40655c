package org.retinaspark.io.samples;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.retinaspark.io.facetable.ColumnNames;

/**
 * How many samples there are.
 *
 * @param anchors of each anchor of a cell that has any, finest level first
 * @param checksum of all samples and their images, whatever the order of rows: the xxHash64 of each
 *     row, joined by exclusive or, 16 hexadecimal digits
 */
public record SampleCensus(List<Anchors> anchors, String checksum) {

  /** Keeps an unmodifiable list. */
  public SampleCensus {
    anchors = List.copyOf(anchors);
  }

  /**
   * The samples of an anchor.
   *
   * @param level the number of the feature map, the finest being 0
   * @param size which anchor of its cell, from 0
   * @param positives of faces
   * @param negatives of none
   */
  public record Anchors(int level, int size, long positives, long negatives) {}

  /** Counts the rows of a table with samples. */
  public static SampleCensus of(Dataset<Row> rows) {
    List<Anchors> anchors = new ArrayList<>();
    for (Row group :
        rows.select(explode(col(SampleColumns.SAMPLES)).as("s"))
            .groupBy(col("s.level"), col("s.size"))
            .agg(
                count_if(col("s.face").gt(Sample.NO_FACE)),
                count_if(col("s.face").equalTo(Sample.NO_FACE)))
            .orderBy(col("level"), col("size"))
            .collectAsList()) {
      anchors.add(
          new Anchors(group.getInt(0), group.getInt(1), group.getLong(2), group.getLong(3)));
    }
    return new SampleCensus(anchors, checksum(rows));
  }

  private static String checksum(Dataset<Row> rows) {
    Row sum =
        rows.agg(bit_xor(xxhash64(col(ColumnNames.IMAGE), col(SampleColumns.SAMPLES)))).head();
    return "%016x".formatted(sum.isNullAt(0) ? 0 : sum.getLong(0));
  }

  /** Samples of faces. */
  public long positives() {
    return anchors.stream().mapToLong(Anchors::positives).sum();
  }

  /** Samples of none. */
  public long negatives() {
    return anchors.stream().mapToLong(Anchors::negatives).sum();
  }
}
