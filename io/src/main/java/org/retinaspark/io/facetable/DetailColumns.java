package org.retinaspark.io.facetable;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of {@link FaceDetail}s in a table with a row an image, in the order in which {@link
 * DetailReader} reads them: each an array with an element a face. One that nobody asks for, or that
 * the table lacks, is null, and nothing of it is read.
 */
final class DetailColumns {

  private static final DataType FLOATS = createArrayType(FloatType);
  private static final DataType PARTS =
      createArrayType(
          new StructType().add(ColumnNames.PART, StringType).add(ColumnNames.RLE, StringType));

  private final StructType face;

  /** Of the fields of a face. */
  DetailColumns(StructType face) {
    this.face = face;
  }

  /** What the table tells. */
  Set<FaceDetail> present() {
    Set<FaceDetail> details = EnumSet.noneOf(FaceDetail.class);
    if (has(FLOATS, ColumnNames.MESH, ColumnNames.VERTICES)) {
      details.add(FaceDetail.MESH);
    }
    if (has(FLOATS, ColumnNames.LANDMARKS68)) {
      details.add(FaceDetail.LANDMARKS68);
    }
    if (TableSchema.ANGLES.stream().allMatch(angle -> has(FloatType, ColumnNames.POSE, angle))) {
      details.add(FaceDetail.POSE);
    }
    if (has(PARTS, ColumnNames.PARTS)) {
      details.add(FaceDetail.PARTS);
    }
    return details;
  }

  List<Column> of(Set<FaceDetail> asked) {
    Set<FaceDetail> told = present();
    told.retainAll(asked);
    boolean mesh = told.contains(FaceDetail.MESH);
    boolean pose = told.contains(FaceDetail.POSE);
    return List.of(
        column(mesh, StringType, ColumnNames.MESH, ColumnNames.TOPOLOGY),
        column(mesh, FloatType, ColumnNames.MESH, ColumnNames.SCORE),
        column(mesh, FLOATS, ColumnNames.MESH, ColumnNames.VERTICES),
        column(told.contains(FaceDetail.LANDMARKS68), FLOATS, ColumnNames.LANDMARKS68),
        column(pose, FloatType, ColumnNames.POSE, TableSchema.ANGLES.get(0)),
        column(pose, FloatType, ColumnNames.POSE, TableSchema.ANGLES.get(1)),
        column(pose, FloatType, ColumnNames.POSE, TableSchema.ANGLES.get(2)),
        column(pose, StringType, ColumnNames.POSE, ColumnNames.SOURCE),
        column(told.contains(FaceDetail.PARTS), PARTS, ColumnNames.PARTS));
  }

  private Column column(boolean told, DataType type, String... path) {
    Column column =
        told && has(type, path) ? col(ColumnNames.FACES + "." + String.join(".", path)) : lit(null);
    return column.cast(createArrayType(type)).as(String.join("_", path));
  }

  private boolean has(DataType wanted, String... path) {
    DataType found = face;
    for (String name : path) {
      if (!(found instanceof StructType struct && List.of(struct.fieldNames()).contains(name))) {
        return false;
      }
      found = struct.apply(name).dataType();
    }
    return fits(found, wanted);
  }

  /** Whether it has the same form; numbers may be of another precision. */
  private static boolean fits(DataType found, DataType wanted) {
    if (wanted instanceof ArrayType list) {
      return found instanceof ArrayType array && fits(array.elementType(), list.elementType());
    }
    if (wanted instanceof StructType struct) {
      return found instanceof StructType other
          && List.of(other.fieldNames()).equals(List.of(struct.fieldNames()));
    }
    return wanted.equals(StringType) ? found.equals(StringType) : found instanceof NumericType;
  }
}
