package org.retinaspark.udf.sql;

import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The rows of a plan, each with one column more for what is found in its image. */
public final class DetectFacesPlan extends LogicalPlan implements UnaryNode {

  private static final long serialVersionUID = 1L;

  private final DetectFacesExpression call;
  private final Attribute found;
  private final LogicalPlan child;

  /**
   * A node. Public with its fields' types for Spark, which makes copies by it.
   *
   * @param found the column
   */
  public DetectFacesPlan(DetectFacesExpression call, Attribute found, LogicalPlan child) {
    this.call = call;
    this.found = found;
    this.child = child;
  }

  DetectFacesExpression call() {
    return call;
  }

  Attribute found() {
    return found;
  }

  @Override
  public LogicalPlan child() {
    return child;
  }

  @Override
  public Seq<LogicalPlan> children() {
    return CollectionConverters.asScala(java.util.List.of(child)).toList();
  }

  @Override
  public Seq<Attribute> output() {
    return (Seq<Attribute>) child.output().appended(found);
  }

  @Override
  public AttributeSet producedAttributes() {
    return AttributeSet$.MODULE$.apply(found);
  }

  @Override
  public Option<Object> maxRows() {
    return child.maxRows();
  }

  @Override
  public LogicalPlan withNewChildInternal(LogicalPlan other) {
    return new DetectFacesPlan(call, found, other);
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> others) {
    return withNewChildInternal(others.apply(0));
  }

  @Override
  public String nodeName() {
    return "DetectFaces";
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int index) {
    return index == 0 ? call : index == 1 ? found : child;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof DetectFacesPlan;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DetectFacesPlan plan
        && call.equals(plan.call)
        && found.equals(plan.found)
        && child.equals(plan.child);
  }

  // As Spark's nodes, which compute it once.
  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
