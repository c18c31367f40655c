package org.retinaspark.udf.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import scala.jdk.javaapi.CollectionConverters;

/** Arguments of functions that are known before any row is: what they are called with. */
public final class ConstantArguments {

  private ConstantArguments() {}

  /**
   * Options by their names; of null, none.
   *
   * @param function the name, for messages
   * @throws IllegalArgumentException if it is no constant map
   */
  public static Map<String, String> map(String function, Expression argument) {
    if (!argument.foldable() || !(argument.dataType() instanceof MapType)) {
      throw new IllegalArgumentException(
          "the options of %s are '%s', but must be a constant map, such as map('name', 'value')"
              .formatted(function, argument.sql()));
    }
    Map<String, String> options = new LinkedHashMap<>();
    if (value(argument) instanceof scala.collection.Map<?, ?> map) {
      CollectionConverters.asJava(map)
          .forEach((name, value) -> options.put(String.valueOf(name), String.valueOf(value)));
    }
    return options;
  }

  /**
   * A text.
   *
   * @param function the name, for messages
   * @throws IllegalArgumentException if it is no constant text
   */
  public static String text(String function, Expression argument) {
    if (argument.foldable()
        && argument.dataType().equals(DataTypes.StringType)
        && value(argument) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "an argument of %s is '%s', but must be a constant text"
            .formatted(function, argument.sql()));
  }

  private static Object value(Expression argument) {
    return CatalystTypeConverters.convertToScala(argument.eval(null), argument.dataType());
  }
}
