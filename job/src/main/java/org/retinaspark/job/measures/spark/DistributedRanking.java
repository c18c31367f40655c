package org.retinaspark.job.measures.spark;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.retinaspark.job.measures.CocoRanking;
import org.retinaspark.job.measures.CocoRanking.Ranked;
import org.retinaspark.job.measures.PairedImage;
import scala.Tuple5;

/**
 * Ranks all detections of a set, exactly and at any size. Images are matched where they lie; a
 * detection then is five numbers, which Spark brings to the partition of their range and sorts
 * there, on disk if need be.
 */
final class DistributedRanking {

  private DistributedRanking() {}

  /** The ranked detections of images: a range a partition, in order. */
  static JavaRDD<Ranked> rank(
      SparkSession spark, JavaRDD<PairedImage> images, CocoRanking ranking) {
    var numbers =
        Encoders.tuple(
            Encoders.INT(), Encoders.DOUBLE(), Encoders.LONG(), Encoders.LONG(), Encoders.LONG());
    return spark
        .createDataset(images.flatMap(ranking::detections).map(new ToNumbers()).rdd(), numbers)
        .toDF("range", "score", "order", "hits", "others")
        .repartitionById(ranking.ranges(), col("range"))
        .sortWithinPartitions(col("score").desc(), col("order"))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .map(new FromNumbers());
  }

  private static final class ToNumbers
      implements Function<Ranked, Tuple5<Integer, Double, Long, Long, Long>> {

    private static final long serialVersionUID = 1L;

    @Override
    public Tuple5<Integer, Double, Long, Long, Long> call(Ranked ranked) {
      return new Tuple5<>(
          ranked.range(), ranked.score(), ranked.order(), ranked.hits(), ranked.others());
    }
  }

  private static final class FromNumbers implements Function<InternalRow, Ranked> {

    private static final long serialVersionUID = 1L;

    @Override
    public Ranked call(InternalRow row) {
      return new Ranked(
          row.getInt(0), row.getDouble(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
  }
}
