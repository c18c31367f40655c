package org.retinaspark.job.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.UsageException;

/**
 * A folder with an evaluation: {@code metrics.json}, {@code metrics.parquet}, {@code
 * curves.parquet} and {@code index.html}.
 */
final class Report {

  private static final String METRICS = "metrics.json";

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
    if (policy == WritePolicy.CREATE
        && files.exists(folder)
        && files.listStatus(folder).length > 0) {
      throw new UsageException(
          "the report folder %s isn't empty, so nothing was evaluated; choose another --report, or replace its report with --overwrite"
              .formatted(folder));
    }
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
    } catch (DamagedFileException damage) {
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
    tables.writeMetrics(evaluation, new Path(folder, "metrics.parquet").toString());
    tables.writeCurves(evaluation, new Path(folder, "curves.parquet").toString());
    String page =
        new ReportPage(evaluation, gallery, comparison)
            .html(new String(json, StandardCharsets.UTF_8));
    put("index.html", page.getBytes(StandardCharsets.UTF_8));
    put(METRICS, json);
  }

  private void put(String name, byte[] content) throws IOException {
    try (FSDataOutputStream out = files.create(new Path(folder, name), true)) {
      out.write(content);
    }
  }
}
