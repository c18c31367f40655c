package org.retinaspark.job.export;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.detections.DetectionCounts;
import org.retinaspark.io.detections.DetectionException;
import org.retinaspark.io.detections.DetectionExport;
import org.retinaspark.io.detections.DetectionRecord;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.table.TableLocation;
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
  public DetectionCounts execute() throws IOException {
    requireFree();
    FaceTable table = FaceTable.of(location().read(spark), config.detections());
    DetectionExport export =
        new DetectionExport(spark, DetectionRecord.dataset(spark, table.boxes()));
    DetectionCounts counts = export.check();
    switch (config.format()) {
      case WIDERFACE -> export.widerFace(config.output(), config.numbers());
      case COCO -> export.coco(config.output());
    }
    return counts;
  }

  private TableLocation location() {
    return TableLocation.of(config.detections(), spark.sparkContext().hadoopConfiguration());
  }

  private void requireFree() throws IOException {
    if (config.policy() == WritePolicy.CREATE
        && DetectionExport.occupied(config.output(), spark.sparkContext().hadoopConfiguration())) {
      throw new UsageException(
          "the output %s exists already, so nothing was exported; choose another --output, or write over it with --overwrite"
              .formatted(config.output()));
    }
  }
}
