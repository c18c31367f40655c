package org.retinaspark.udf.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.udf.train.sampling.LabelSource;
import org.retinaspark.udf.train.sampling.TrainingLabels;

/**
 * Labels that come to each executor once, by broadcast.
 *
 * @param content the labels
 */
public record BroadcastLabels(Broadcast<TrainingLabels> content) implements LabelSource {

  /** Sends labels. */
  public static BroadcastLabels of(SparkSession spark, TrainingLabels labels) {
    return new BroadcastLabels(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(labels));
  }

  @Override
  public TrainingLabels get() {
    return content.value();
  }
}
