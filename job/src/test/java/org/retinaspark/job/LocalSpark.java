package org.retinaspark.job;

import org.apache.spark.sql.SparkSession;
import org.retinaspark.udf.spark.DetectionMetrics;

/** The one Spark session that the tests of this module share. */
public final class LocalSpark {

  private static final SparkSession SESSION =
      SparkSession.builder()
          // Tasks are tried four times, as on a cluster and by bin/retinaspark.
          .master("local[2,4]")
          .appName("retinaspark tests")
          .config("spark.plugins", DetectionMetrics.class.getName())
          .config("spark.ui.enabled", "false")
          .config("spark.driver.host", "localhost")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
          .getOrCreate();

  private LocalSpark() {}

  /** The session; nobody stops it. */
  public static SparkSession session() {
    return SESSION;
  }
}
