package org.retinaspark.job.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.io.Destination;
import org.retinaspark.io.WholeFile;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.UsageException;

/**
 * A folder with an evaluation: {@code metrics.json}, {@code metrics.parquet}, {@code
 * curves.parquet} and {@code index.html}.
 */
final class Report {

  static final String PAGE = "index.html";
  static final String METRICS_TABLE = "metrics.parquet";
  static final String CURVES_TABLE = "curves.parquet";

  private static final String METRICS = "metrics.json";
  private static final Pattern SPARKS =
      Pattern.compile("_SUCCESS|part-[0-9]{5}-.*\\.parquet|\\..*\\.crc");

  private final SparkSession spark;
  private final Path folder;
  private final FileSystem files;

  Report(SparkSession spark, String folder) throws IOException {
    this.spark = spark;
    this.folder = new Path(folder);
    this.files = this.folder.getFileSystem(hadoop(spark));
  }

  private static Configuration hadoop(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }

  /**
   * Checks before any work that a report may be written.
   *
   * @throws UsageException if there is one already
   */
  void requireWritable(WritePolicy policy) throws IOException {
    destination().tryWriting(folder);
    if (!files.exists(folder) || files.listStatus(folder).length == 0) {
      return;
    }
    if (policy == WritePolicy.CREATE) {
      throw new UsageException(
          "the report folder %s isn't empty, so nothing was evaluated; choose another --report, or replace its report with --overwrite"
              .formatted(folder));
    }
    if (!files.exists(new Path(folder, METRICS))) {
      throw new UsageException(
          "the report folder %s has no %s, so it is no report and --overwrite would spoil it: nothing was evaluated; choose another --report"
              .formatted(folder, METRICS));
    }
    for (String table : List.of(METRICS_TABLE, CURVES_TABLE)) {
      requireOnlyTable(new Path(folder, table));
    }
  }

  /**
   * Checks that no report stands there of which a part would stay.
   *
   * @param parts what the report that is to be written lacks
   * @param benchmark whose report it is
   * @throws UsageException if there is one
   */
  void requireNone(List<String> parts, String benchmark) throws IOException {
    for (String part : parts) {
      if (files.exists(new Path(folder, part))) {
        throw new UsageException(
            "the report folder %s has %s, which the report of %s doesn't replace: nothing was evaluated; choose another --report"
                .formatted(folder, part, benchmark));
      }
    }
  }

  /** Checks that Spark alone wrote into a folder, since it deletes all that is there. */
  private void requireOnlyTable(Path table) throws IOException {
    if (!files.exists(table)) {
      return;
    }
    for (FileStatus entry : files.listStatus(table)) {
      String name = entry.getPath().getName();
      if (entry.isDirectory() || !SPARKS.matcher(name).matches()) {
        throw new UsageException(
            "%s holds '%s', which is no part of a report and would be deleted: nothing was evaluated; move it, or choose another --report"
                .formatted(table, name));
      }
    }
  }

  /**
   * Checks that the report doesn't take the place of what is evaluated.
   *
   * @throws org.retinaspark.io.UnusableLocationException if it does
   */
  void requireApart(String detections, String groundTruth) {
    destination().requireOutside(detections);
    destination().requireNot(groundTruth);
  }

  private Destination destination() {
    return new Destination(folder.toString(), hadoop(spark));
  }

  /**
   * Reads what this folder reports.
   *
   * @throws UsageException if it is no report, or damaged
   */
  ReportJson.Stored read() throws IOException {
    Path path = new Path(folder, METRICS);
    if (!files.exists(path)) {
      throw new UsageException(
          "--compare %s has no %s, so nothing was evaluated; name the --report folder of another evaluation"
              .formatted(folder, METRICS));
    }
    try (FSDataInputStream stream = files.open(path)) {
      return ReportJson.read(stream.readAllBytes());
    } catch (DamagedFileException | ChecksumException damage) {
      throw new UsageException(
          "--compare %s can't be used, so nothing was evaluated (%s: %s); evaluate those detections again, or leave --compare away"
              .formatted(folder, METRICS, damage.getMessage()),
          damage);
    }
  }

  /** Writes everything. */
  void write(Evaluation evaluation, @Nullable String input, @Nullable Comparison comparison)
      throws IOException {
    byte[] json = ReportJson.write(evaluation);
    String gallery =
        input == null || evaluation.result().worst().isEmpty()
            ? ""
            : new WorstGallery(input, hadoop(spark)).html(evaluation.result().worst());
    ReportTables tables = new ReportTables(spark);
    tables.writeMetrics(evaluation, new Path(folder, METRICS_TABLE).toString());
    tables.writeCurves(evaluation, new Path(folder, CURVES_TABLE).toString());
    String page =
        new ReportPage(evaluation, gallery, comparison)
            .html(new String(json, StandardCharsets.UTF_8));
    put(PAGE, page.getBytes(StandardCharsets.UTF_8));
    put(METRICS, json);
  }

  /** Writes the numbers alone. */
  void write(byte[] json) {
    put(METRICS, json);
  }

  /** Writes the numbers and a page. */
  void write(byte[] json, String page) {
    put(PAGE, page.getBytes(StandardCharsets.UTF_8));
    put(METRICS, json);
  }

  private void put(String name, byte[] content) {
    new WholeFile(new Path(folder, name), hadoop(spark)).write(out -> out.write(content));
  }
}
