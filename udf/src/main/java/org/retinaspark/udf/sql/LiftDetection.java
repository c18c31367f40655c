package org.retinaspark.udf.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.optimizer.ColumnPruning$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Subquery;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.types.Metadata;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Makes an operator of each {@code detect_faces} in a projection, a filter or any other node over
 * one child, as Spark does with functions in Python: so the pipeline reads ahead and fills batches
 * over the rows. Equal calls share one, across nodes too; conditions that need no faces are asked
 * before.
 */
final class LiftDetection extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    if (plan instanceof Subquery subquery && subquery.correlated()) {
      return plan; // it becomes a join, which is optimised again
    }
    LogicalPlan lifted = lift(plan);
    // The operator stands between a projection and its scan, which is to read no more than before.
    return lifted.fastEquals(plan) ? plan : ColumnPruning$.MODULE$.apply(lifted);
  }

  private LogicalPlan lift(LogicalPlan plan) {
    LogicalPlan below = plan.mapChildren(this::lift);
    if (below instanceof DetectFacesPlan || !(below instanceof UnaryNode node)) {
      return below;
    }
    List<DetectFacesExpression> calls = DetectionCalls.liftable(below);
    if (calls.isEmpty()) {
      return below;
    }
    DetectFacesExpression call = calls.get(0);
    LogicalPlan without = extract(below, node.child(), call);
    // Others may be left, of which one may have waited for this one.
    LogicalPlan rest = lift(without);
    return rest.output().equals(plan.output()) ? rest : new Project(named(plan.output()), rest);
  }

  private static LogicalPlan extract(
      LogicalPlan node, LogicalPlan child, DetectFacesExpression call) {
    Detected shared = find(child, call);
    if (shared != null) {
      return replaced(node, shared.plan(), call, shared.found());
    }
    Attribute found = column(call);
    if (node instanceof Filter filter) {
      return filtered(filter, call, found);
    }
    return replaced(node, new DetectFacesPlan(call, found, child), call, found);
  }

  /** What needs no faces is asked first. */
  private static LogicalPlan filtered(Filter filter, DetectFacesExpression call, Attribute found) {
    DetectionCalls.Conditions conditions = DetectionCalls.Conditions.of(filter.condition());
    LogicalPlan child =
        conditions
            .without()
            .<LogicalPlan>map(cheap -> new Filter(cheap, filter.child()))
            .orElse(filter.child());
    return replaced(
        new Filter(conditions.with(), child), new DetectFacesPlan(call, found, child), call, found);
  }

  private static LogicalPlan replaced(
      LogicalPlan node, LogicalPlan child, DetectFacesExpression call, Attribute found) {
    return node.withNewChildren(seq(List.of(child)))
        .transformExpressions(new DetectionCalls.Replacement(call, found));
  }

  private static Attribute column(DetectFacesExpression call) {
    return new AttributeReference(
        "detection",
        call.dataType(),
        false,
        Metadata.empty(),
        NamedExpression$.MODULE$.newExprId(),
        seq(List.of()));
  }

  /**
   * A plan that has what a call finds.
   *
   * @param found the column
   */
  private record Detected(LogicalPlan plan, Attribute found) {}

  /** Finds an operator of the same call below, and brings its column up. */
  private static @Nullable Detected find(LogicalPlan plan, DetectFacesExpression call) {
    if (plan instanceof DetectFacesPlan detection && detection.call().semanticEquals(call)) {
      return new Detected(plan, detection.found());
    }
    boolean passes =
        plan instanceof DetectFacesPlan || plan instanceof Filter || plan instanceof Project;
    if (!passes || !call.references().subsetOf(((UnaryNode) plan).child().outputSet())) {
      return null;
    }
    Detected below = find(((UnaryNode) plan).child(), call);
    if (below == null) {
      return null;
    }
    if (plan instanceof Project project) {
      Seq<NamedExpression> list =
          project.outputSet().contains(below.found())
              ? project.projectList()
              : seq(appended(project.projectList(), below.found()));
      return new Detected(new Project(list, below.plan()), below.found());
    }
    return new Detected(plan.withNewChildren(seq(List.of(below.plan()))), below.found());
  }

  private static List<NamedExpression> appended(Seq<NamedExpression> list, NamedExpression last) {
    List<NamedExpression> all = new java.util.ArrayList<>(CollectionConverters.asJava(list));
    all.add(last);
    return all;
  }

  private static Seq<NamedExpression> named(Seq<Attribute> attributes) {
    return seq(List.copyOf(CollectionConverters.asJava(attributes)));
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toList();
  }
}
