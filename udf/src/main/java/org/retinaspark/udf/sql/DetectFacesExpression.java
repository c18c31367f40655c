package org.retinaspark.udf.sql;

import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.spark.ColumnDetection;
import org.retinaspark.udf.spark.DetectCell;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * {@code detect_faces(content)} in a plan. {@link LiftDetection} makes an operator of it wherever
 * it can; elsewhere it is evaluated row by row, in a task.
 *
 * <p>{@link Unevaluable} by name only: it keeps Spark's optimizer from computing it on the driver,
 * for rows that are there already.
 */
public final class DetectFacesExpression extends Expression
    implements Unevaluable, CodegenFallback, Serializable {

  private static final long serialVersionUID = 1L;

  private final ColumnDetection detection;
  private final Expression content;
  private transient @Nullable DetectCell rowWise;

  /** Of an image's bytes. Public with its fields' types for Spark, which makes copies by it. */
  public DetectFacesExpression(ColumnDetection detection, Expression content) {
    this.detection = detection;
    this.content = content;
  }

  ColumnDetection detection() {
    return detection;
  }

  Expression content() {
    return content;
  }

  @Override
  public DataType dataType() {
    return detection.type();
  }

  /** A failed image is a struct too. */
  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public boolean foldable() {
    return false;
  }

  /** Not to be computed twice to save rows. */
  @Override
  public boolean expensive() {
    return true;
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    return content.dataType().equals(DataTypes.BinaryType)
            || content.dataType().equals(DataTypes.NullType)
        ? TypeCheckResult.TypeCheckSuccess$.MODULE$
        : new TypeCheckResult.TypeCheckFailure(
            ("detect_faces looks for faces in the bytes of an image file, but '%s' is of type %s:"
                    + " give a column of type BINARY, such as content of the source binaryFile")
                .formatted(content.sql(), content.dataType().simpleString()));
  }

  @Override
  public Object eval(InternalRow row) {
    if (rowWise == null) {
      rowWise = new DetectCell(detection);
    }
    return rowWise.detect((byte[]) content.eval(row));
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(java.util.List.of(content)).toList();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new DetectFacesExpression(detection, children.apply(0));
  }

  @Override
  public String prettyName() {
    return "detect_faces";
  }

  @Override
  public String toString() {
    return "detect_faces(%s, %s)".formatted(content, detection);
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return index == 0 ? detection : content;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof DetectFacesExpression;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DetectFacesExpression call
        && detection.equals(call.detection)
        && content.equals(call.content);
  }

  @Override
  public int hashCode() {
    return Objects.hash(detection, content);
  }
}
