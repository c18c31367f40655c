package org.retinaspark.udf;

import org.apache.spark.sql.SparkSessionExtensions;
import org.retinaspark.udf.sql.Functions;
import scala.Function1;
import scala.runtime.BoxedUnit;

/**
 * The functions for all sessions of an application, Spark Connect's too: {@code
 * spark.sql.extensions=org.retinaspark.udf.RetinaSparkExtensions}.
 */
public final class RetinaSparkExtensions implements Function1<SparkSessionExtensions, BoxedUnit> {

  /** For Spark, which makes one by its name. */
  public RetinaSparkExtensions() {}

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    Functions.inject(extensions);
    return BoxedUnit.UNIT;
  }
}
