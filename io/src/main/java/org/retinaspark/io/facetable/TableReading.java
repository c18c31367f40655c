package org.retinaspark.io.facetable;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table with a row an image in the order in which {@link RecordReader} reads them,
 * numbers of all faces together: all scores; all x1, all y1, all x2, all y2; all x and all y of the
 * first landmark, and so on; then what {@link DetailColumns} gives. A column that the table lacks
 * is null.
 */
final class TableReading {

  /** How many landmarks there are in tables of earlier versions, which didn't name them. */
  private static final int UNNAMED = 5;

  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType);

  private final Dataset<Row> rows;

  TableReading(Dataset<Row> rows) {
    this.rows = rows;
  }

  Dataset<Row> boxes() {
    return rows.select(faceColumns(none(), Set.of()).toArray(Column[]::new));
  }

  Dataset<Row> faces(Set<FaceDetail> details) {
    return rows.select(faceColumns(landmarks(), details).toArray(Column[]::new));
  }

  Dataset<Row> records(Set<FaceDetail> details) {
    List<Column> columns = faceColumns(landmarks(), details);
    columns.add(optional(ColumnNames.CONTAINER, DataTypes.StringType));
    columns.add(optional(ColumnNames.URI, DataTypes.StringType));
    columns.add(optional(ColumnNames.SPLIT, DataTypes.StringType));
    columns.add(optional(ColumnNames.LENGTH, DataTypes.LongType));
    columns.add(optional(ColumnNames.ETAG, DataTypes.StringType));
    columns.add(optional(ColumnNames.MODIFIED, DataTypes.TimestampType));
    columns.add(optional(ColumnNames.WIDTH, DataTypes.IntegerType));
    columns.add(optional(ColumnNames.HEIGHT, DataTypes.IntegerType));
    columns.add(optional(ColumnNames.ORIENTATION, DataTypes.IntegerType));
    columns.add(optional(ColumnNames.ERROR, TableSchema.ERROR));
    columns.add(optional(ColumnNames.WARNINGS, DataTypes.createArrayType(DataTypes.StringType)));
    return rows.select(columns.toArray(Column[]::new));
  }

  Set<FaceDetail> details() {
    return new DetailColumns(face()).present();
  }

  private List<Column> faceColumns(Column landmarks, Set<FaceDetail> details) {
    String face = ColumnNames.FACES + ".";
    String box = face + ColumnNames.BOX + ".";
    Column status =
        coalesce(optional(ColumnNames.STATUS, DataTypes.StringType), lit(ColumnNames.OK));
    List<Column> columns =
        new ArrayList<>(
            List.of(
                col(ColumnNames.IMAGE),
                status.equalTo(ColumnNames.FAILED).as(ColumnNames.FAILED),
                numbers(col(face + ColumnNames.SCORE)),
                concat(
                    TableSchema.CORNERS.stream()
                        .map(corner -> numbers(col(box + corner)))
                        .toArray(Column[]::new)),
                landmarks));
    columns.addAll(new DetailColumns(face()).of(details));
    return columns;
  }

  private Column landmarks() {
    StructType face = face();
    if (!Arrays.asList(face.fieldNames()).contains(ColumnNames.LANDMARKS)) {
      return none();
    }
    List<Column> numbers = new ArrayList<>();
    if (face.apply(ColumnNames.LANDMARKS).dataType() instanceof StructType points) {
      for (String name : points.fieldNames()) {
        Column point = col(ColumnNames.FACES).getField(ColumnNames.LANDMARKS).getField(name);
        numbers.add(numbers(point.getField(ColumnNames.X)));
        numbers.add(numbers(point.getField(ColumnNames.Y)));
      }
    } else {
      for (int number = 0; number < UNNAMED; number++) {
        numbers.add(unnamed(number, ColumnNames.X));
        numbers.add(unnamed(number, ColumnNames.Y));
      }
    }
    return concat(numbers.toArray(Column[]::new));
  }

  private static Column unnamed(int number, String axis) {
    return numbers(
        transform(
            col(ColumnNames.FACES),
            face -> get(face.getField(ColumnNames.LANDMARKS), lit(number)).getField(axis)));
  }

  private Column optional(String name, DataType type) {
    return Arrays.asList(rows.columns()).contains(name) ? col(name) : lit(null).cast(type).as(name);
  }

  private StructType face() {
    return (StructType)
        ((ArrayType) rows.schema().apply(ColumnNames.FACES).dataType()).elementType();
  }

  private static Column numbers(Column column) {
    return coalesce(column.cast(FLOATS), none());
  }

  private static Column none() {
    return functions.array().cast(FLOATS);
  }
}
