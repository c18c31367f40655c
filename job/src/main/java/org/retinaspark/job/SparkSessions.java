package org.retinaspark.job;

import org.apache.spark.sql.SparkSession;

/** Opens Spark for a command. */
public final class SparkSessions {

  /**
   * How many arenas malloc has in an executor. Its default is eight a core, and network and
   * decoders work on threads that come and go with the tasks: over hours each arena gets a share of
   * what the busiest thread ever held. Hadoop's scripts set the same.
   */
  private static final String ARENAS = "spark.executorEnv.MALLOC_ARENA_MAX";

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
        .config(ARENAS, System.getProperty(ARENAS, "4"))
        // Readers other than Spark take microseconds; the default is the deprecated INT96.
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .getOrCreate();
  }
}
