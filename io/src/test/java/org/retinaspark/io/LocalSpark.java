package org.retinaspark.io;

import org.apache.spark.sql.SparkSession;

/** The one Spark session that the tests of this module share. */
public final class LocalSpark {

  private static final SparkSession SESSION =
      SparkSession.builder()
          .master("local[1]")
          .appName("retinaspark io tests")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.driver.host", "localhost")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .getOrCreate();

  private LocalSpark() {}

  /** The session; nobody stops it. */
  public static SparkSession session() {
    return SESSION;
  }
}
