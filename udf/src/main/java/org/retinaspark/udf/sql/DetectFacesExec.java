package org.retinaspark.udf.sql;

import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.BindReferences;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.package$;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import org.retinaspark.udf.spark.DetectColumn;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Runs {@link DetectFacesPlan}: each task takes its rows through one pipeline. */
public final class DetectFacesExec extends SparkPlan implements UnaryExecNode {

  private static final long serialVersionUID = 1L;

  private final DetectFacesExpression call;
  private final Attribute found;
  private final SparkPlan child;

  /** An operator. Public with its fields' types for Spark, which makes copies by it. */
  public DetectFacesExec(DetectFacesExpression call, Attribute found, SparkPlan child) {
    this.call = call;
    this.found = found;
    this.child = child;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    Expression content =
        BindReferences.bindReference(
            call.content(), package$.MODULE$.AttributeSeq(child.output()), false);
    DetectColumn function = new DetectColumn(call.detection(), content, child.schema());
    return child.execute().toJavaRDD().mapPartitions(function, true).rdd();
  }

  @Override
  public SparkPlan child() {
    return child;
  }

  @Override
  public Seq<SparkPlan> children() {
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
  public Partitioning outputPartitioning() {
    return child.outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan other) {
    return new DetectFacesExec(call, found, other);
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> others) {
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
    return other instanceof DetectFacesExec;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DetectFacesExec plan
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
