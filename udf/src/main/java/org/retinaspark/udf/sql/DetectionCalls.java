package org.retinaspark.udf.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ConditionalExpression;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function1;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/** Finds {@code detect_faces} in the expressions of a node. */
final class DetectionCalls {

  private DetectionCalls() {}

  /**
   * The calls that can be made for all rows before the node. Not those of a branch that few rows
   * may take, nor of a lambda, whose images are no rows.
   */
  static List<DetectFacesExpression> liftable(LogicalPlan node) {
    List<DetectFacesExpression> calls = new ArrayList<>();
    each(node.expressions(), calls);
    calls.removeIf(call -> !call.references().subsetOf(node.inputSet()));
    return calls;
  }

  private static void each(Seq<Expression> expressions, List<DetectFacesExpression> calls) {
    CollectionConverters.asJava(expressions).forEach(expression -> collect(expression, calls));
  }

  private static void collect(Expression expression, List<DetectFacesExpression> calls) {
    if (expression instanceof LambdaFunction) {
      return;
    }
    if (expression instanceof ConditionalExpression conditional) {
      each(conditional.alwaysEvaluatedInputs(), calls);
      return;
    }
    if (expression instanceof DetectFacesExpression call
        && call.deterministic()
        && !contains(call.content())) {
      calls.add(call);
      return;
    }
    each(expression.children(), calls);
  }

  private static boolean contains(Expression expression) {
    return expression.exists(part -> part instanceof DetectFacesExpression);
  }

  /**
   * The parts of a condition that all have to hold.
   *
   * @param with those that need faces, joined
   * @param without those that don't, if there are any
   */
  record Conditions(Expression with, Optional<Expression> without) {

    /** Of a condition that needs faces. */
    static Conditions of(Expression condition) {
      List<Expression> with = new ArrayList<>();
      List<Expression> without = new ArrayList<>();
      split(condition, with, without);
      return new Conditions(
          with.stream().reduce(And::new).orElseThrow(), without.stream().reduce(And::new));
    }

    private static void split(
        Expression condition, List<Expression> with, List<Expression> without) {
      if (condition instanceof And both) {
        split(both.left(), with, without);
        split(both.right(), with, without);
      } else if (contains(condition) || !condition.deterministic()) {
        with.add(condition);
      } else {
        without.add(condition);
      }
    }
  }

  /** Puts a column in the place of a call. */
  static final class Replacement extends AbstractPartialFunction<Expression, Expression> {

    private static final long serialVersionUID = 1L;

    private final DetectFacesExpression call;
    private final Attribute column;

    Replacement(DetectFacesExpression call, Attribute column) {
      this.call = call;
      this.column = column;
    }

    @Override
    public boolean isDefinedAt(Expression expression) {
      return expression instanceof DetectFacesExpression && expression.semanticEquals(call);
    }

    @Override
    public <A extends Expression, B> B applyOrElse(A expression, Function1<A, B> otherwise) {
      @SuppressWarnings("unchecked") // what Scala declares as a type above Expression
      B replaced = (B) column;
      return isDefinedAt(expression) ? replaced : otherwise.apply(expression);
    }
  }
}
