package org.retinaspark.job.export;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.Destination;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.detections.CocoIds;
import org.retinaspark.io.detections.DetectionCounts;
import org.retinaspark.io.detections.DetectionException;
import org.retinaspark.io.detections.DetectionExport;
import org.retinaspark.io.detections.DetectionRecord;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.FileLookup;
import org.retinaspark.job.UsageException;

/** Writes a detection table in a format of other tools. */
public final class ExportAction {

  private final SparkSession spark;
  private final ExportConfig config;

  /** An export to be run. */
  public ExportAction(SparkSession spark, ExportConfig config) {
    this.spark = spark;
    this.config = config;
  }

  /**
   * Runs it.
   *
   * @return how much was exported
   * @throws IOException if the output can't be written
   * @throws UsageException if something stands at the output and may not be replaced
   * @throws org.retinaspark.io.UnusableLocationException if there is no table
   * @throws DetectionException if the table has what the format can't say
   */
  public ExportResult execute() throws IOException {
    requireWritable();
    requireFree(config.output());
    if (config.format() == ExportFormat.COCO) {
      requireFree(DetectionExport.cocoImages(config.output()));
    }
    FaceTable table = FaceTable.of(location().read(spark), config.detections());
    DetectionExport export =
        new DetectionExport(spark, DetectionRecord.dataset(spark, table.boxes()));
    DetectionCounts counts = export.check();
    long omitted = 0;
    switch (config.format()) {
      case WIDERFACE -> export.widerFace(config.output(), config.numbers());
      case COCO -> omitted = export.coco(config.output(), table.sizes(), ids());
    }
    return new ExportResult(counts, omitted);
  }

  private CocoIds ids() throws IOException {
    return switch (config.imageIds()) {
      case ExportConfig.IN_ORDER -> CocoIds.inOrder();
      case ExportConfig.BY_NUMBER -> CocoIds.ofNames();
      default ->
          CocoIds.of(
              new FileLookup(spark.sparkContext()).find("--image-ids", config.imageIds()),
              spark.sparkContext().hadoopConfiguration());
    };
  }

  private TableLocation location() {
    return TableLocation.of(config.detections(), spark.sparkContext().hadoopConfiguration());
  }

  private void requireWritable() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Destination destination = new Destination(config.output(), hadoop);
    destination.requireOutside(config.detections());
    if (!Set.of(ExportConfig.IN_ORDER, ExportConfig.BY_NUMBER).contains(config.imageIds())) {
      destination.requireNot(config.imageIds());
    }
    Path output = new Path(config.output());
    destination.tryWriting(
        switch (config.format()) {
          case WIDERFACE -> output;
          case COCO -> Objects.requireNonNullElse(output.getParent(), output);
        });
  }

  private void requireFree(String output) throws IOException {
    if (config.policy() == WritePolicy.CREATE
        && DetectionExport.occupied(output, spark.sparkContext().hadoopConfiguration())) {
      throw new UsageException(
          "the output %s exists already, so nothing was exported; choose another --output, or write over it with --overwrite"
              .formatted(output));
    }
  }
}
