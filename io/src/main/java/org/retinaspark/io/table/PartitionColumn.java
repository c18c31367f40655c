package org.retinaspark.io.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.facetable.FaceTable;

/**
 * A column of text by whose values a table lies in folders, {@code name=value}, as Hive and Spark
 * have them. The files in them lack the column.
 *
 * @param name of the column
 */
public record PartitionColumn(String name) {

  private static final char EQUALS = '=';

  /** Bytes that the name of a folder may have on local disks, HDFS and others. */
  private static final int LONGEST = 255;

  private static final int EXAMPLES = 3;

  /** Whether an entry of the table's folder holds the rows of a value. */
  static boolean isFolder(FileStatus entry) {
    String name = entry.getPath().getName();
    return entry.isDirectory() && name.indexOf(EQUALS) > 0 && !PartFiles.hidden(name);
  }

  /** The column that the name of such a folder tells. */
  static PartitionColumn ofFolder(String folder) {
    return new PartitionColumn(
        ExternalCatalogUtils.unescapePathName(folder.substring(0, folder.indexOf(EQUALS))));
  }

  /**
   * Checks that folders can be named by the column.
   *
   * @param carried the columns that it must be of
   * @throws IllegalArgumentException naming the column, and those that there are
   */
  public void requireIn(StructType carried) {
    List<String> names = List.of(carried.fieldNames());
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          ("--partition-by names '%s', which is no column that the input carries (%s): nothing was"
                  + " read. Name one of a manifest's further columns, or leave --partition-by away")
              .formatted(name, names.isEmpty() ? "it carries none" : String.join(", ", names)));
    }
    if (!carried.apply(name).dataType().equals(DataTypes.StringType)) {
      throw new IllegalArgumentException(
          ("--partition-by names '%s', which is of type %s: nothing was read, since names of"
                  + " folders are text, and readers would get another type back. Make it a string"
                  + " in the manifest")
              .formatted(name, carried.apply(name).dataType().simpleString()));
    }
    if (PartFiles.hidden(name)) {
      throw new IllegalArgumentException(
          ("--partition-by names '%s', by which folders would be hidden from readers: nothing was"
                  + " read. Give the column a name that begins with a letter")
              .formatted(name));
    }
  }

  /**
   * Checks that each value can be the name of a folder, and come back from it.
   *
   * @param values rows of this column alone
   * @throws IllegalArgumentException naming values that can't
   */
  public void requireFolders(Dataset<Row> values) {
    String column = name;
    UDF1<String, Boolean> fits = value -> value == null || fits(column, value);
    String unfit =
        values
            .where(not(udf(fits, DataTypes.BooleanType).apply(column())))
            .distinct()
            .limit(EXAMPLES)
            .collectAsList()
            .stream()
            .map(row -> "'" + row.getString(0) + "'")
            .collect(Collectors.joining(", "));
    if (!unfit.isEmpty()) {
      throw new IllegalArgumentException(
          ("column '%s' of --partition-by has values that can't be names of folders (%s): nothing"
                  + " was read. An empty text and '%s' would come back as null, and a name has at"
                  + " most %d bytes; change them in the manifest, or partition by another column")
              .formatted(name, unfit, ExternalCatalogUtils.DEFAULT_PARTITION_NAME(), LONGEST));
    }
  }

  private static boolean fits(String column, String value) {
    return !value.isEmpty()
        && !value.equals(ExternalCatalogUtils.DEFAULT_PARTITION_NAME())
        && value.indexOf('\0') < 0
        && ExternalCatalogUtils.getPartitionPathString(column, value)
                .getBytes(StandardCharsets.UTF_8)
                .length
            <= LONGEST;
  }

  /**
   * Rows in the order in which they are written by this column: in so many parts of about the same
   * size, each a file, or several where it has several values.
   */
  Dataset<Row> arranged(Dataset<Row> rows, int parts) {
    Column[] order =
        Stream.concat(Stream.of(column()), FaceTable.order(rows.schema()).stream())
            .toArray(Column[]::new);
    // Spark sorts again by this column alone, and spoils the order within, where it may be null.
    return rows.withColumn(
            name, coalesce(column(), lit(ExternalCatalogUtils.DEFAULT_PARTITION_NAME())))
        .repartitionByRange(parts, order)
        .sortWithinPartitions(order);
  }

  /**
   * Reads files of a table that lies in folders by this column.
   *
   * @param root the table's folder
   * @param paths of the files, or of the folder itself
   */
  Dataset<Row> read(SparkSession spark, String root, String... paths) {
    DataFrameReader reader =
        spark.read().options(ParquetOptions.reading()).option("basePath", root);
    StructType schema = new StructType();
    for (StructField field : reader.parquet(paths).schema().fields()) {
      // Spark makes numbers and dates of values that look like them, 1 of 001.
      schema =
          schema.add(
              field.name().equals(name)
                  ? new StructField(name, DataTypes.StringType, true, Metadata.empty())
                  : field);
    }
    return reader.schema(schema).parquet(paths);
  }

  private Column column() {
    return column(name);
  }

  /** The rows with their columns in an order, if it is one of them; else as they are. */
  static Dataset<Row> ordered(Dataset<Row> rows, List<String> order) {
    List<String> present = List.of(rows.columns());
    return present.size() == order.size() && present.containsAll(order)
        ? rows.select(order.stream().map(PartitionColumn::column).toArray(Column[]::new))
        : rows;
  }

  /** A column by its whole name, dots and all. */
  static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
