package org.retinaspark.io.table;

import org.apache.spark.SparkContext;

/**
 * Which start of which application this is. YARN starts the driver of cluster mode anew when it was
 * lost; what the one before left is then the application's own.
 *
 * @param application Spark's name for it
 * @param number from 1, by the cluster manager; 1 where there is no second
 */
public record SparkAttempt(String application, int number) {

  /** This process's. */
  public static SparkAttempt of(SparkContext context) {
    return new SparkAttempt(
        context.applicationId(),
        context.applicationAttemptId().isEmpty()
            ? 1
            : Integer.parseInt(context.applicationAttemptId().get()));
  }

  /** Whether the cluster manager has given up another attempt before it began this one. */
  public boolean follows(SparkAttempt other) {
    return application.equals(other.application) && number > other.number && other.number > 0;
  }
}
