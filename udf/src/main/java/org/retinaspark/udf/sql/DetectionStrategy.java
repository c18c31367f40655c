package org.retinaspark.udf.sql;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Plans the operator of {@link DetectFacesPlan}. */
final class DetectionStrategy extends SparkStrategy {

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    java.util.List<SparkPlan> physical =
        plan instanceof DetectFacesPlan detection
            ? java.util.List.of(
                new DetectFacesExec(
                    detection.call(), detection.found(), planLater(detection.child())))
            : java.util.List.of();
    return CollectionConverters.asScala(physical).toList();
  }
}
