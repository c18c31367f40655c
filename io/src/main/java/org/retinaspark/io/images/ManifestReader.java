package org.retinaspark.io.images;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.Secrets;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.folders.PassedOver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads manifests: files that name images. By its ending, {@code .csv} is CSV with a header, {@code
 * .tsv} the same with tabs, {@code .txt} has a path a line, and anything else is Parquet. Each is
 * read once, and its units are written to a folder, so that a change of the manifest doesn't meet a
 * run that goes on. What a manifest names is not looked at; see {@link ManifestPaths} for what it
 * may name.
 */
final class ManifestReader {

  private static final Logger LOG = LoggerFactory.getLogger(ManifestReader.class);

  private static final String CSV = ".csv";
  private static final String TSV = ".tsv";
  private static final String LIST = ".txt";

  private final SparkSession spark;
  private final Configuration hadoop;
  private final ImageInputs inputs;
  private final Path folder;
  private int texts;

  ManifestReader(SparkSession spark, ImageInputs inputs, Path folder) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.inputs = inputs;
    this.folder = folder;
  }

  /** Whether a file of that name, in lower case, is a manifest of text. */
  static boolean isText(String name) {
    return Stream.of(CSV, TSV, LIST).anyMatch(name::endsWith);
  }

  /**
   * Reads manifests of the same columns.
   *
   * @throws UnusableLocationException if a column is missing, a value is wrong, or none of the
   *     files may be read
   * @throws IOException if a manifest can't be read
   */
  ImageLister.Found read(FileStatus... manifests) throws IOException {
    String units = new Path(folder, "units").toString();
    StructType carried = new StructType();
    for (FileStatus manifest : manifests) {
      Path place = manifest.getPath();
      Dataset<Row> rows = rows(manifest);
      ManifestColumns columns = ManifestColumns.of(rows, place, inputs.columns());
      ManifestPaths paths = new ManifestPaths(place, roots(), FileSystem.getDefaultUri(hadoop));
      carried = agreed(carried, columns.carried(), place.toString());
      columns.units(rows, paths).write().mode(SaveMode.Append).parquet(units);
    }
    StructType schema = UnitColumns.schema(carried).add(ManifestColumns.PROBLEM, "string");
    Dataset<Row> named = spark.read().schema(schema).parquet(units);
    long count = requireReadable(named);
    return new ImageLister.Found(
        named.drop(ManifestColumns.PROBLEM), count, PassedOver.NONE, carried);
  }

  /**
   * The columns that go through from several manifests: those of one without any are null.
   *
   * @param before of the manifests before
   * @throws UnusableLocationException if this one has others
   */
  static StructType agreed(StructType before, StructType further, String manifest) {
    if (!before.isEmpty() && !further.isEmpty() && !before.equals(further)) {
      throw new UnusableLocationException(
          ("manifest '%s' has the further columns %s, and one before it %s: nothing was read. Give"
                  + " them the same columns, or read them one by one")
              .formatted(manifest, further.catalogString(), before.catalogString()));
    }
    return before.isEmpty() ? further : before;
  }

  private static long requireReadable(Dataset<Row> named) {
    Column refusal = col(UnitColumns.REFUSAL);
    Column refused =
        concat(lit("'"), col(UnitColumns.PREFIX), col(UnitColumns.PATH), lit("' "), refusal);
    Row summary =
        named
            .agg(
                count(lit(1)),
                min(ManifestColumns.PROBLEM),
                count(refusal),
                min(when(refusal.isNotNull(), refused)))
            .head();
    if (!summary.isNullAt(1)) {
      throw new UnusableLocationException(Secrets.hide(summary.getString(1)));
    }
    long count = summary.getLong(0);
    long unreadable = summary.getLong(2);
    if (unreadable > 0 && unreadable == count) {
      throw new UnusableLocationException(
          "none of the %d files of the manifest may be read: nothing was done. %s"
              .formatted(count, summary.getString(3)));
    }
    if (unreadable > 0) {
      LOG.warn(
          "{} of {} files of the manifest may not be read, and get failed rows: {}",
          unreadable,
          count,
          summary.getString(3));
    }
    return count;
  }

  private List<Path> roots() throws IOException {
    List<Path> roots = new ArrayList<>();
    for (String root : inputs.manifests().roots()) {
      Path path = new Path(root);
      roots.add(path.getFileSystem(hadoop).makeQualified(path));
    }
    return roots;
  }

  private Dataset<Row> rows(FileStatus manifest) throws IOException {
    Path place = manifest.getPath();
    if (!isText(name(place))) {
      String literal = place.toString().replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1");
      return spark.read().parquet(literal);
    }
    if (!manifest.isDirectory()) {
      return text(place, name(place));
    }
    FileSystem files = place.getFileSystem(hadoop);
    List<Path> parts =
        Arrays.stream(files.listStatus(place))
            .filter(FileStatus::isFile)
            .map(FileStatus::getPath)
            .filter(part -> NameFilter.hides(part.getName()).isEmpty())
            .sorted()
            .toList();
    List<Dataset<Row>> rows = new ArrayList<>();
    for (Path part : parts) {
      Dataset<Row> next = text(part, name(place));
      if (!rows.isEmpty() && !next.schema().equals(rows.get(0).schema())) {
        throw new UnusableLocationException(
            "manifest '%s' has other columns than '%s': nothing was read"
                .formatted(part, parts.get(0)));
      }
      rows.add(next);
    }
    return rows.stream()
        .reduce(Dataset::union)
        .orElseThrow(
            () ->
                new UnusableLocationException(
                    "manifest '%s' is an empty folder: nothing was read".formatted(place)));
  }

  /** The rows of a text that is a manifest, or a part of one of that name. */
  private Dataset<Row> text(Path place, String name) throws IOException {
    Path rows = new Path(folder, "text-" + texts++);
    ManifestText text = new ManifestText(place, place.getFileSystem(hadoop), rows);
    List<String> columns =
        name.endsWith(LIST)
            ? text.list()
            : text.csv(name.endsWith(TSV) ? '\t' : inputs.manifests().separator());
    return TextRows.read(spark, rows, columns);
  }

  private static String name(Path place) {
    return place.getName().toLowerCase(Locale.ROOT);
  }
}
