package org.retinaspark.io.images;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.net.URI;
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
 * @param carried the columns that go through to the output
 */
record ManifestColumns(Path manifest, String path, List<String> names, StructType carried) {

  /** A column of {@link #units}: what is wrong with a row; null if nothing is. */
  static final String PROBLEM = "problem";

  private static final List<String> USUAL_PATHS = List.of("path", "uri", "image", "file_name");
  private static final String LENGTH = "length";
  private static final String ETAG = "etag";
  private static final String WIDTH = "width";
  private static final String HEIGHT = "height";
  private static final Set<String> KNOWN = Set.of(LENGTH, ETAG, WIDTH, HEIGHT);
  private static final String SCHEME = "^[A-Za-z][A-Za-z0-9+.-]*:/";

  static ManifestColumns of(Dataset<Row> rows, Path manifest, InputColumns columns) {
    List<String> names = Arrays.asList(rows.columns());
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
      if (!field.name().equals(path) && !KNOWN.contains(field.name())) {
        carried = carried.add(field);
      }
    }
    return new ManifestColumns(manifest, path, names, carried);
  }

  /** The manifest's units, and beside each what is wrong with it; blank lines are none. */
  Dataset<Row> units(Dataset<Row> rows) {
    Column name = text(path);
    Column blank = name.isNull().or(trim(name).equalTo(""));
    List<Column> units = new ArrayList<>();
    units.add(prefix(name).as(UnitColumns.PREFIX));
    units.add(lit(FileFormat.IMAGE.name()).as(UnitColumns.FORMAT));
    units.add(coalesce(name, lit("")).as(UnitColumns.PATH));
    units.add(lit(0L).as(UnitColumns.OFFSET));
    units.add(number(LENGTH).as(UnitColumns.LENGTH));
    units.add(lit(null).cast(LongType).as(UnitColumns.MODIFIED));
    units.add(text(ETAG).as(UnitColumns.ETAG));
    units.add(coalesce(number(WIDTH).multiply(number(HEIGHT)), lit(0L)).as(UnitColumns.PIXELS));
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
    return full.select(units.toArray(Column[]::new));
  }

  /** What makes a path a URI. */
  private Column prefix(Column name) {
    URI uri = manifest.toUri();
    String authority = uri.getAuthority() == null ? "" : "//" + uri.getAuthority();
    String parent = String.valueOf(manifest.getParent());
    return when(name.startsWith("/"), lit(uri.getScheme() + ":" + authority))
        .when(name.rlike(SCHEME), lit(""))
        .otherwise(lit(parent.endsWith("/") ? parent : parent + "/"));
  }

  private Column noPath() {
    return concat(
        lit(
            "manifest '%s' has a row without a path: nothing was read. Fill or delete it: "
                .formatted(manifest)),
        to_json(struct(columns(names.toArray(String[]::new)))));
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
            lit("': nothing was read. It must be a whole number of 0 or more, or empty")));
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
