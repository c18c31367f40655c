package org.retinaspark.job;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.udf.spark.DetectionMetrics;

/** Opens Spark for a command. */
public final class SparkSessions {

  /**
   * How many arenas malloc has in an executor. Its default is eight a core, and network and
   * decoders work on threads that come and go with the tasks: over hours each arena gets a share of
   * what the busiest thread ever held. Hadoop's scripts set the same.
   */
  private static final String ARENAS = "spark.executorEnv.MALLOC_ARENA_MAX";

  /**
   * Lets malloc ask for pages of 2 MiB, as glibc does from 2.35 on and others leave out. The maps
   * of the network are tens of megabytes that each run touches anew: decision 0052 has what it
   * gains.
   */
  private static final String PAGES = "spark.executorEnv.GLIBC_TUNABLES";

  /** Names of files beyond ASCII; see {@link org.retinaspark.io.FileNameEncoding}. */
  private static final String LOCALE = "spark.executorEnv.LC_ALL";

  private static final String PLUGINS = "spark.plugins";

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
    SparkSession session =
        SparkSession.builder()
            .appName(name)
            .config(PLUGINS, plugins())
            .config(ARENAS, System.getProperty(ARENAS, "4"))
            .config(PAGES, System.getProperty(PAGES, "glibc.malloc.hugetlb=1"))
            .config(LOCALE, System.getProperty(LOCALE, "C.UTF-8"))
            // Readers other than Spark take microseconds; the default is the deprecated INT96.
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            .getOrCreate();
    LocalDisk.leaveOutChecksums(session.sparkContext().hadoopConfiguration());
    // Of all jobs, in Spark's web pages, until the command says more.
    session.sparkContext().setJobDescription(name);
    return session;
  }

  /** The user's, and the one that feeds the progress line and Spark's metrics. */
  private static String plugins() {
    return Stream.concat(
            Stream.of(System.getProperty(PLUGINS, "").split(",")),
            Stream.of(DetectionMetrics.class.getName()))
        .filter(name -> !name.isBlank())
        .distinct()
        .collect(Collectors.joining(","));
  }
}
