package org.retinaspark.udf.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.udf.dense.ModelBytes;

/**
 * An ONNX file that comes to each executor once, by broadcast.
 *
 * @param content the bytes
 */
public record BroadcastModel(Broadcast<byte[]> content) implements ModelBytes {

  /** Sends a file. */
  public static BroadcastModel of(SparkSession spark, byte[] content) {
    return new BroadcastModel(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(content));
  }

  @Override
  public byte[] get() {
    return content.value();
  }
}
