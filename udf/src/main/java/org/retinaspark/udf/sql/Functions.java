package org.retinaspark.udf.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.ExperimentalMethods;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** All functions, and how Spark gets to know them and their operator. */
public final class Functions {

  private Functions() {}

  /** Declares them to all sessions that are made with these extensions. */
  public static void inject(SparkSessionExtensions extensions) {
    all().forEach(function -> function.inject(extensions));
    extensions.injectPreCBORule(session -> new LiftDetection());
    extensions.injectPlannerStrategy(session -> new DetectionStrategy());
  }

  /** Declares them to a session that is there already. */
  public static void register(SparkSession spark) {
    var functions = classic(spark).sessionState().functionRegistry();
    all().forEach(function -> function.register(functions));
    plan(spark);
  }

  /**
   * What is found in a column of images. The session learns the operator, and nothing else.
   *
   * @param options by the names that they have on the command line, without dashes
   */
  public static Column detect(SparkSession spark, Column content, Map<String, String> options) {
    plan(spark);
    return ExpressionUtils.column(
        new DetectFacesFunction(FunctionProvider.find())
            .on(spark, CallOfColumns.expression(content), options));
  }

  private static List<SqlFunction> all() {
    FunctionProvider provider = FunctionProvider.find();
    List<SqlFunction> all = new ArrayList<>();
    all.add(new DetectFacesFunction(provider).declared());
    all.add(new FaceCropFunction().declared());
    all.add(new ImageInfoFunction().declared());
    all.addAll(provider.functions());
    return all;
  }

  private static synchronized void plan(SparkSession spark) {
    ExperimentalMethods planner = classic(spark).experimental();
    if (lacks(planner.extraStrategies(), DetectionStrategy.class)) {
      planner.extraStrategies_$eq(
          (Seq<SparkStrategy>) planner.extraStrategies().appended(new DetectionStrategy()));
    }
    if (lacks(planner.extraOptimizations(), LiftDetection.class)) {
      planner.extraOptimizations_$eq(
          (Seq<Rule<LogicalPlan>>) planner.extraOptimizations().appended(new LiftDetection()));
    }
  }

  private static boolean lacks(Seq<?> there, Class<?> wanted) {
    return CollectionConverters.asJava(there).stream().noneMatch(wanted::isInstance);
  }

  private static org.apache.spark.sql.classic.SparkSession classic(SparkSession spark) {
    if (spark instanceof org.apache.spark.sql.classic.SparkSession classic) {
      return classic;
    }
    throw new IllegalArgumentException(
        "this session is of Spark Connect, whose plans are made elsewhere: start the server with"
            + " spark.sql.extensions=org.retinaspark.udf.RetinaSparkExtensions, and call"
            + " detect_faces by its name");
  }
}
