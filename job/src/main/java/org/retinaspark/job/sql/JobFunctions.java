package org.retinaspark.job.sql;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.detect.ColumnOptions;
import org.retinaspark.udf.spark.ColumnDetection;
import org.retinaspark.udf.sql.FunctionProvider;
import org.retinaspark.udf.sql.SqlFunction;

/** What the functions need of the job: its options, and its evaluation. */
public final class JobFunctions implements FunctionProvider {

  /** For {@link java.util.ServiceLoader}. */
  public JobFunctions() {}

  @Override
  public ColumnDetection detection(SparkSession spark, Map<String, String> options) {
    return forUsers(() -> ColumnOptions.detection(spark, options));
  }

  @Override
  public List<SqlFunction> functions() {
    return List.of(WiderFaceAp.declared());
  }

  /**
   * What a call gives, whose errors are the user's: Python shows the message of this one, and a
   * page of Java's stack of others.
   *
   * @throws IllegalArgumentException with the message
   */
  static <T> T forUsers(Supplier<T> call) {
    try {
      return call.get();
    } catch (UsageException | UnusableLocationException | GroundTruthException unmet) {
      throw new IllegalArgumentException(unmet.getMessage(), unmet);
    }
  }
}
