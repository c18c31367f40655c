package org.retinaspark.io.images;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.UnusableLocationException;

/**
 * Reads manifests: files that name images. By its ending, {@code .csv} is CSV with a header, {@code
 * .txt} has a path a line, and anything else is Parquet. A path without a scheme or leading slash
 * is relative to the folder that the manifest is in. Each is read once, by Spark, and its units are
 * written to a folder, so that a change of the manifest doesn't meet a run that goes on.
 */
final class ManifestReader {

  private final SparkSession spark;
  private final InputColumns columns;
  private final Path folder;

  ManifestReader(SparkSession spark, InputColumns columns, Path folder) {
    this.spark = spark;
    this.columns = columns;
    this.folder = folder;
  }

  /**
   * Reads manifests of the same columns.
   *
   * @throws UnusableLocationException if a column is missing or a value is wrong
   */
  ImageLister.Found read(FileStatus... manifests) {
    StructType carried = new StructType();
    for (FileStatus manifest : manifests) {
      Path place = manifest.getPath();
      Dataset<Row> rows = rows(place);
      ManifestColumns found = ManifestColumns.of(rows, place, columns);
      found.units(rows).write().mode(SaveMode.Append).parquet(folder.toString());
      carried = found.carried();
    }
    StructType schema = UnitColumns.schema(carried).add(ManifestColumns.PROBLEM, "string");
    Dataset<Row> units = spark.read().schema(schema).parquet(folder.toString());
    Row summary = units.agg(count(lit(1)), min(ManifestColumns.PROBLEM)).head();
    if (!summary.isNullAt(1)) {
      throw new UnusableLocationException(summary.getString(1));
    }
    return new ImageLister.Found(
        units.drop(ManifestColumns.PROBLEM), summary.getLong(0), PassedOver.NONE, carried);
  }

  private Dataset<Row> rows(Path manifest) {
    String literal = manifest.toString().replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1");
    String name = manifest.getName().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return spark.read().option("header", true).option("mode", "FAILFAST").csv(literal);
    }
    if (name.endsWith(".txt")) {
      return spark.read().text(literal).toDF("path");
    }
    return spark.read().parquet(literal);
  }
}
