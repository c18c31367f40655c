package org.retinaspark.io.facetable;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/** Gathers the faces of the flat layout by image, to rows as the layout of images has them. */
final class FlatFaces {

  /** Tells an image that the table has several times, which a reader must learn of. */
  private static final String OCCURRENCE = "__occurrence";

  private FlatFaces() {}

  static Dataset<Row> gathered(Dataset<Row> rows, Set<FaceDetail> details) {
    List<String> names = List.of(rows.columns());
    List<Column> columns = new ArrayList<>();
    for (String name : names.subList(0, names.indexOf(ColumnNames.INDEX))) {
      if (!name.equals(ColumnNames.IMAGE)) {
        columns.add(first(col(name)).as(name));
      }
    }
    Column faces =
        array_sort(collect_list(when(col(ColumnNames.INDEX).isNotNull(), face(names, details))))
            .as(ColumnNames.FACES);
    Column image = col(ColumnNames.IMAGE);
    Column index = col(ColumnNames.INDEX);
    // One shuffle serves window and groups, since both keep an image's rows together.
    return rows.repartition(image)
        .withColumn(OCCURRENCE, row_number().over(Window.partitionBy(image, index).orderBy(index)))
        .groupBy(image, col(OCCURRENCE))
        .agg(faces, columns.toArray(Column[]::new))
        .drop(OCCURRENCE);
  }

  private static Column face(List<String> names, Set<FaceDetail> details) {
    List<Column> fields = new ArrayList<>();
    fields.add(col(ColumnNames.INDEX));
    fields.add(col(ColumnNames.SCORE));
    fields.add(
        struct(TableSchema.CORNERS.stream().map(name -> col(name)).toArray(Column[]::new))
            .as(ColumnNames.BOX));
    List<Column> points = new ArrayList<>();
    for (String landmark : landmarks(names)) {
      points.add(
          struct(
                  col(TableSchema.flat(landmark, ColumnNames.X)).as(ColumnNames.X),
                  col(TableSchema.flat(landmark, ColumnNames.Y)).as(ColumnNames.Y))
              .as(landmark));
    }
    if (!points.isEmpty()) {
      fields.add(struct(points.toArray(Column[]::new)).as(ColumnNames.LANDMARKS));
    }
    for (FaceDetail detail : details) {
      fields.addAll(detail(detail, names));
    }
    return struct(fields.toArray(Column[]::new));
  }

  /** The field of a detail; none if the table doesn't have it. */
  private static List<Column> detail(FaceDetail detail, List<String> names) {
    return switch (detail) {
      case MESH -> nested(ColumnNames.MESH, TableSchema.MESH, names);
      case LANDMARKS68 -> plain(ColumnNames.LANDMARKS68, names);
      case POSE -> nested(ColumnNames.POSE, TableSchema.POSE, names);
      case PARTS -> plain(ColumnNames.PARTS, names);
    };
  }

  private static List<Column> plain(String name, List<String> names) {
    return names.contains(name) ? List.of(col(name)) : List.of();
  }

  /** Those of a struct's fields that the table has, and so earlier versions'. */
  private static List<Column> nested(String name, StructType struct, List<String> names) {
    List<Column> fields = new ArrayList<>();
    for (String field : struct.fieldNames()) {
      String flat = TableSchema.flat(name, field);
      if (names.contains(flat)) {
        fields.add(col(flat).as(field));
      }
    }
    return fields.isEmpty() ? List.of() : List.of(struct(fields.toArray(Column[]::new)).as(name));
  }

  /** The names of the pairs that stand behind the box. */
  private static List<String> landmarks(List<String> names) {
    String suffix = TableSchema.flat("", ColumnNames.X);
    List<String> landmarks = new ArrayList<>();
    int at = names.indexOf(TableSchema.CORNERS.get(TableSchema.CORNERS.size() - 1)) + 1;
    for (; at + 1 < names.size() && names.get(at).endsWith(suffix); at += 2) {
      String name = names.get(at).substring(0, names.get(at).length() - suffix.length());
      if (!names.get(at + 1).equals(TableSchema.flat(name, ColumnNames.Y))) {
        break;
      }
      landmarks.add(name);
    }
    return landmarks;
  }
}
