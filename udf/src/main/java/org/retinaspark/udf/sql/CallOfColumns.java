package org.retinaspark.udf.sql;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.ColumnNodeToExpressionConverter$;
import org.apache.spark.sql.classic.ExpressionUtils;

/** A call that is written with columns, in the place of one that Spark has made expressions of. */
public final class CallOfColumns {

  private CallOfColumns() {}

  /** The expression of what is made of some arguments. */
  public static Expression of(List<Expression> arguments, Function<List<Column>, Column> call) {
    return expression(call.apply(arguments.stream().map(ExpressionUtils::column).toList()));
  }

  /** The expression that a column stands for, unresolved. */
  static Expression expression(Column column) {
    return ColumnNodeToExpressionConverter$.MODULE$.apply(column.node());
  }
}
