package org.retinaspark.job.detect;

import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.table.SparkAttempt;

/**
 * Where a process had its work done.
 *
 * @param master Spark's name of the cluster
 * @param deployMode {@code client} or {@code cluster}
 * @param attempt which start of the application it was
 * @param executors that did some of the work
 * @param cores of all executors together, at the end
 */
record ClusterUse(String master, String deployMode, int attempt, int executors, int cores) {

  static ClusterUse of(SparkSession spark, int executors) {
    return new ClusterUse(
        spark.sparkContext().master(),
        spark.sparkContext().deployMode(),
        SparkAttempt.of(spark.sparkContext()).number(),
        executors,
        spark.sparkContext().defaultParallelism());
  }
}
