package org.retinaspark.job.train.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.retinaspark.io.labels.LabelledImage;
import org.retinaspark.io.samples.SampleColumns;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.io.samples.SampleTable;
import scala.Tuple2;

/**
 * All samples of a fit beside their labels, in {@link #BLOCKS} blocks by a hash of the image's key,
 * sorted by key within: whatever files, partitions, cores and workers there are, a block is the
 * same rows in the same order. Kept in memory, and on disk where that is too small, until closed.
 *
 * @param blocks a block a partition
 * @param shape of the samples
 */
public record TrainingRows(JavaRDD<ImageRows> blocks, SampleShape shape) implements AutoCloseable {

  /** As many tasks as go over the rows at once; another number would give other last digits. */
  static final int BLOCKS = 32;

  private static final int LABELS = -1;

  /** The columns of {@link ImageStream}. */
  private static final String KEY = "key";

  private static final String SIDE = "side";
  private static final String IMAGE = "image";

  /**
   * Brings samples and labels together: one shuffle.
   *
   * @param tables of samples; an image may be in several, once in each. Of all but the last only
   *     the positives are taken: each round's negatives stand for all anchors
   * @param labels each image once
   * @param keys which of them are of an image
   */
  public static TrainingRows of(
      SparkSession spark,
      List<SampleTable> tables,
      SampleShape shape,
      JavaRDD<LabelledImage> labels,
      LabelKeys keys) {
    UserDefinedFunction labelled = udf((UDF1<String, String>) keys::labelled, DataTypes.StringType);
    Dataset<Row> all = labels(spark, labels);
    for (int table = 0; table < tables.size(); table++) {
      all = all.union(samples(tables.get(table).rows(), labelled, table));
    }
    Column block = pmod(xxhash64(col(KEY)), lit((long) BLOCKS)).cast(DataTypes.IntegerType);
    ImageStream.Settings settings =
        new ImageStream.Settings(shape, tables.stream().map(SampleTable::name).toList());
    JavaRDD<ImageRows> blocks =
        all.repartitionById(BLOCKS, block)
            .sortWithinPartitions(col(KEY), col(SIDE), col(IMAGE))
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(rows -> new ImageStream(rows, settings));
    return new TrainingRows(blocks.persist(StorageLevel.MEMORY_AND_DISK()), shape);
  }

  private static Dataset<Row> labels(SparkSession spark, JavaRDD<LabelledImage> labels) {
    return spark
        .createDataset(
            labels.map(new ToBytes()).rdd(), Encoders.tuple(Encoders.STRING(), Encoders.BINARY()))
        .select(
            col("_1").as(KEY),
            lit(LABELS).as(SIDE),
            col("_1").as(IMAGE),
            col("_2").as("labels"),
            lit(null).cast(SampleColumns.column().dataType()).as(SampleColumns.SAMPLES));
  }

  private static Dataset<Row> samples(Dataset<Row> rows, UserDefinedFunction labelled, int table) {
    return rows.select(
        labelled.apply(col(IMAGE)).as(KEY),
        lit(table).as(SIDE),
        col(IMAGE),
        lit(null).cast(DataTypes.BinaryType).as("labels"),
        col(SampleColumns.SAMPLES));
  }

  @Override
  public void close() {
    blocks.unpersist();
  }

  private static final class ToBytes implements Function<LabelledImage, Tuple2<String, byte[]>> {

    private static final long serialVersionUID = 1L;

    @Override
    public Tuple2<String, byte[]> call(LabelledImage image) {
      return new Tuple2<>(image.image(), image.toBytes());
    }
  }
}
