package org.retinaspark.io.images;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
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

  private static final List<String> USUAL_PATHS = List.of("path", "uri", "image", "file_name");
  private static final String LENGTH = "length";
  private static final String ETAG = "etag";
  private static final String WIDTH = "width";
  private static final String HEIGHT = "height";
  private static final Set<String> KNOWN = Set.of(LENGTH, ETAG, WIDTH, HEIGHT);

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

  /** A row's image; none for a blank line. */
  Optional<ImageFile> file(Row row, ManifestPaths paths) {
    Object value = value(row, path);
    String name = value == null ? "" : value.toString();
    if (name.isBlank()) {
      if (names.size() == 1) {
        return Optional.empty();
      }
      throw new UnusableLocationException(
          "manifest '%s' has a row without a path: nothing was read. Fill or delete it: %s"
              .formatted(manifest, row));
    }
    Object etag = value(row, ETAG);
    return Optional.of(
        new ImageFile(
            paths.root(name),
            name,
            0,
            number(row, LENGTH, name, ImageFile.UNKNOWN),
            0,
            etag == null ? null : etag.toString(),
            number(row, WIDTH, name, 0) * number(row, HEIGHT, name, 0),
            carried(row)));
  }

  private List<@Nullable Object> carried(Row row) {
    if (carried.isEmpty()) {
      return List.of();
    }
    List<@Nullable Object> values = new ArrayList<>(carried.size());
    for (String name : carried.fieldNames()) {
      values.add(value(row, name));
    }
    return values;
  }

  private long number(Row row, String column, String name, long otherwise) {
    Object value = value(row, column);
    if (value == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value.toString().strip());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException notWhole) {
      // told below
    }
    throw new UnusableLocationException(
        ("manifest '%s' gives '%s' the %s '%s': nothing was read. It must be a whole number of 0 or"
                + " more, or empty")
            .formatted(manifest, name, column, value));
  }

  private @Nullable Object value(Row row, String column) {
    int index = names.indexOf(column);
    return index < 0 ? null : row.get(index);
  }
}
