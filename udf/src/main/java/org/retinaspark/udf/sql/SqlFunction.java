package org.retinaspark.udf.sql;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistryBase;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.connector.catalog.CatalogManager$;
import scala.Function1;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A function of Spark SQL, with what {@code DESCRIBE FUNCTION EXTENDED} says of it.
 *
 * @param name by which it is called
 * @param usage what it gives; each line is a form of the call and its meaning
 * @param arguments what is said of each argument, a line each
 * @param examples queries, a line each
 * @param expression what a call becomes. Its arguments are resolved; what it throws ends the query,
 *     with its message
 */
public record SqlFunction(
    String name,
    String usage,
    List<String> arguments,
    List<String> examples,
    Function<List<Expression>, Expression> expression) {

  /** Keeps unmodifiable lists. */
  public SqlFunction {
    arguments = List.copyOf(arguments);
    examples = List.copyOf(examples);
  }

  /** Makes it known to all sessions that are made with these extensions. */
  public void inject(SparkSessionExtensions extensions) {
    extensions.injectFunction(
        new Tuple3<>(new FunctionIdentifier(name), info("built-in"), builder()));
  }

  /** Makes it known to one session, as its temporary function. */
  void register(FunctionRegistryBase<Expression> functions) {
    functions.registerFunction(
        new FunctionIdentifier(
            name,
            Option.apply(CatalogManager$.MODULE$.SESSION_NAMESPACE()),
            Option.apply(CatalogManager$.MODULE$.SYSTEM_CATALOG_NAME())),
        info("java_udf"),
        builder());
  }

  private Function1<Seq<Expression>, Expression> builder() {
    return given -> expression.apply(List.copyOf(CollectionConverters.asJava(given)));
  }

  private ExpressionInfo info(String source) {
    return new ExpressionInfo(
        SqlFunction.class.getName(),
        null,
        name,
        usage,
        section("Arguments", arguments),
        section("Examples", examples),
        "",
        "",
        "",
        "",
        source);
  }

  private static String section(String title, List<String> lines) {
    StringBuilder section = new StringBuilder("\n    ").append(title).append(":\n");
    lines.forEach(line -> section.append("      ").append(line).append('\n'));
    return section.append("  ").toString();
  }
}
