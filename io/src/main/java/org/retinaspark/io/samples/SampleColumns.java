package org.retinaspark.io.samples;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What the column of samples is called, and what it holds, in the order of {@link Sample}. */
public final class SampleColumns {

  /** The column: an array of {@link #SAMPLE}, null where the image could not be looked at. */
  public static final String SAMPLES = "samples";

  /** An element of the column. */
  public static final StructType SAMPLE =
      new StructType()
          .add("view", IntegerType, false)
          .add("level", IntegerType, false)
          .add("size", IntegerType, false)
          .add("mirrored", BooleanType, false)
          .add("x", FloatType, false)
          .add("y", FloatType, false)
          .add("width", FloatType, false)
          .add("height", FloatType, false)
          .add("face", IntegerType, false)
          .add("iou", FloatType, false)
          .add("weight", FloatType, false)
          .add("features", createArrayType(FloatType, false), false);

  private SampleColumns() {}

  /** The column, as it is carried behind those of the table. */
  public static StructField column() {
    return new StructType().add(SAMPLES, createArrayType(SAMPLE, false)).apply(SAMPLES);
  }

  /** A value of the column, in Spark's own form, so that no feature is boxed. */
  public static ArrayData array(List<Sample> samples) {
    return new GenericArrayData(samples.stream().map(SampleColumns::row).toArray());
  }

  private static InternalRow row(Sample sample) {
    return new GenericInternalRow(
        new Object[] {
          sample.view(),
          sample.level(),
          sample.size(),
          sample.mirrored(),
          sample.x(),
          sample.y(),
          sample.width(),
          sample.height(),
          sample.face(),
          sample.iou(),
          sample.weight(),
          UnsafeArrayData.fromPrimitiveArray(sample.features())
        });
  }
}
