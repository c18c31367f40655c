package org.retinaspark.job.export;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.catalog.CatalogTable;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.table.TableLocation;

/** Copies a detection table into a table of a catalog. */
public final class CatalogAction {

  private final SparkSession spark;
  private final CatalogConfig config;

  /** A copy to be made. */
  public CatalogAction(SparkSession spark, CatalogConfig config) {
    this.spark = spark;
    this.config = config;
  }

  /**
   * Makes it.
   *
   * @return how many rows were written
   * @throws UnusableLocationException if there is no detection table, the session has no such
   *     catalog, or the table may not be written so
   * @throws IllegalStateException if the table doesn't have all rows afterwards
   */
  public long execute() {
    CatalogTable table = CatalogTable.of(spark, config.table());
    Dataset<Row> rows =
        TableLocation.of(config.detections(), spark.sparkContext().hadoopConfiguration())
            .read(spark);
    FaceTable.of(rows, config.detections());
    long wanted = rows.count();
    long written = table.write(rows, config.policy(), config.provider());
    if (written != wanted) {
      throw new IllegalStateException(
          ("table '%s' has %d rows of the %d of '%s': another wrote there meanwhile, or the catalog"
                  + " lost rows. Write it again with --overwrite, or under another name")
              .formatted(config.table(), written, wanted, config.detections()));
    }
    return written;
  }
}
