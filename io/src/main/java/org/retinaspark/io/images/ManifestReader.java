package org.retinaspark.io.images;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.UnusableLocationException;

/**
 * Reads manifests: files that name images. By its ending, {@code .csv} is CSV with a header, {@code
 * .txt} has a path a line, and anything else is Parquet. A path without a scheme or leading slash
 * is relative to the folder that the manifest is in.
 */
final class ManifestReader {

  private final SparkSession spark;
  private final InputColumns columns;

  ManifestReader(SparkSession spark, InputColumns columns) {
    this.spark = spark;
    this.columns = columns;
  }

  /**
   * Reads manifests of the same columns.
   *
   * @throws UnusableLocationException if a column is missing or a value is wrong
   */
  ImageListing read(FileStatus... manifests) {
    List<ImageFile> files = new ArrayList<>();
    StructType carried = new StructType();
    for (FileStatus manifest : manifests) {
      Path place = manifest.getPath();
      ManifestColumns found = ManifestColumns.of(rows(place), place, columns);
      ManifestPaths paths = new ManifestPaths(place);
      Iterator<Row> rows = rows(place).toLocalIterator();
      while (rows.hasNext()) {
        found.file(rows.next(), paths).ifPresent(files::add);
      }
      carried = found.carried();
    }
    return new ImageListing(files, 0, carried);
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
