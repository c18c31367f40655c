package org.retinaspark.job;

import org.apache.spark.sql.SparkSession;

/** Opens Spark for a command. */
public final class SparkSessions {

  private SparkSessions() {}

  /**
   * The application's session; a new one with what spark-submit set, unless one is there already.
   *
   * @throws UsageException if no cluster manager is named
   */
  public static SparkSession open(String name) {
    if (SparkSession.getActiveSession().isEmpty()
        && SparkSession.getDefaultSession().isEmpty()
        && System.getProperty("spark.master") == null) {
      throw new UsageException(
          "no Spark master is set: nothing was done. Start with bin/retinaspark or spark-submit,"
              + " or give --master to them");
    }
    return SparkSession.builder()
        .appName(name)
        // Readers other than Spark take microseconds; the default is the deprecated INT96.
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .getOrCreate();
  }
}
