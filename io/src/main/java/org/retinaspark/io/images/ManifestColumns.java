package org.retinaspark.io.images;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_multiply;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.UnusableLocationException;

/**
 * Which column of a manifest is what.
 *
 * @param manifest where it is
 * @param path name of the column of paths
 * @param names all columns
 * @param isText whether rows know their lines
 * @param carried the columns that go through to the output
 */
record ManifestColumns(
    Path manifest, String path, List<String> names, boolean isText, StructType carried) {

  /** A column of {@link #units}: what is wrong with a row; null if nothing is. */
  static final String PROBLEM = "problem";

  private static final List<String> USUAL_PATHS = List.of("path", "uri", "image", "file_name");
  private static final String LENGTH = "length";
  private static final String ETAG = "etag";
  private static final String WIDTH = "width";
  private static final String HEIGHT = "height";
  private static final Set<String> KNOWN = Set.of(LENGTH, ETAG, WIDTH, HEIGHT);
  private static final String RESOLVED = "resolved path";

  static ManifestColumns of(Dataset<Row> rows, Path manifest, InputColumns columns) {
    List<String> names =
        Arrays.stream(rows.columns()).filter(name -> !name.equals(TextRows.LINE)).toList();
    List<String> wanted = columns.path() == null ? USUAL_PATHS : List.of(columns.path());
    String path =
        wanted.stream()
            .filter(names::contains)
            .findFirst()
            .orElseThrow(
                () ->
                    new UnusableLocationException(
                        ("manifest '%s' has no column '%s': nothing was read. It has %s; say with"
                                + " --path-column which names the images")
                            .formatted(
                                manifest, String.join("', '", wanted), String.join(", ", names))));
    StructType carried = new StructType();
    for (StructField field : rows.schema().fields()) {
      if (names.contains(field.name())
          && !field.name().equals(path)
          && !KNOWN.contains(field.name())) {
        carried = carried.add(field);
      }
    }
    boolean isText = List.of(rows.columns()).contains(TextRows.LINE);
    return new ManifestColumns(manifest, path, names, isText, carried);
  }

  /** The manifest's units, and beside each what is wrong with it; blank lines are none. */
  Dataset<Row> units(Dataset<Row> rows, ManifestPaths paths) {
    Column name = text(path);
    Column blank = name.isNull().or(trim(name).equalTo(""));
    List<Column> units = new ArrayList<>();
    units.add(lit(FileFormat.IMAGE.name()).as(UnitColumns.FORMAT));
    for (String resolved : ManifestPaths.RESOLVED.fieldNames()) {
      units.add(col(RESOLVED).getField(resolved).as(resolved));
    }
    units.add(lit(0L).as(UnitColumns.OFFSET));
    units.add(number(LENGTH).as(UnitColumns.LENGTH));
    units.add(lit(null).cast(LongType).as(UnitColumns.MODIFIED));
    units.add(text(ETAG).as(UnitColumns.ETAG));
    units.add(
        coalesce(try_multiply(number(WIDTH), number(HEIGHT)), lit(0L)).as(UnitColumns.PIXELS));
    if (!carried.isEmpty()) {
      units.add(struct(columns(carried.fieldNames())).as(UnitColumns.CARRIED));
    }
    units.add(
        coalesce(
                when(blank, noPath()),
                noNumber(name, LENGTH),
                noNumber(name, WIDTH),
                noNumber(name, HEIGHT))
            .as(PROBLEM));
    Dataset<Row> full = names.size() == 1 ? rows.where(blank.unary_$bang()) : rows;
    return full.withColumn(
            RESOLVED, udf(paths, ManifestPaths.RESOLVED).apply(coalesce(name, lit(""))))
        .select(units.toArray(Column[]::new));
  }

  private Column noPath() {
    return concat(
        lit("manifest '%s' has a row without a path".formatted(manifest)),
        line(),
        lit(": nothing was read. Fill or delete it"));
  }

  private Column noNumber(Column name, String column) {
    Column value = text(column);
    Column number = number(column);
    return when(
        value.isNotNull().and(number.isNull().or(number.lt(0))),
        concat(
            lit("manifest '%s' gives '".formatted(manifest)),
            name,
            lit("' the %s '".formatted(column)),
            value,
            lit("'"),
            line(),
            lit(": nothing was read. It must be a whole number of 0 or more, or empty")));
  }

  /** Where a row is, if its manifest is a text. */
  private Column line() {
    return isText ? concat(lit(" in line "), column(TextRows.LINE).cast(StringType)) : lit("");
  }

  private Column number(String column) {
    return text(column).try_cast(LongType);
  }

  /** A column as text; null if the manifest has none of the name. */
  private Column text(String column) {
    return (names.contains(column) ? column(column) : lit(null)).cast(StringType);
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(ManifestColumns::column).toArray(Column[]::new);
  }

  /** A column by its whole name, dots and all. */
  private static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
