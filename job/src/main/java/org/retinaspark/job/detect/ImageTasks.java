package org.retinaspark.job.detect;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.retinaspark.io.folders.PassedOver;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.images.PartitionPlan;
import org.retinaspark.io.reading.ImageReader;
import org.retinaspark.io.reading.TableKeys;
import org.retinaspark.job.update.KnownFaces;
import org.retinaspark.udf.pipeline.ImageUnit;

/** Cuts listed files into tasks, which open them where they run. */
final class ImageTasks {

  /** Tables of which one at least has to be readable. */
  private static final int TRIED_TABLES = 10;

  private final JavaSparkContext context;
  private final ReadingOptions reading;
  private final StructType carried;
  private final ImageListing listing;
  private final List<ImageFile> tables;
  private final ImageReader reader;

  /**
   * Tasks over files of a listing.
   *
   * @throws org.retinaspark.io.UnusableLocationException if its tables lack a column
   */
  ImageTasks(JavaSparkContext context, DetectConfig config, ImageListing listing) {
    this.context = context;
    this.reading = config.reading();
    this.listing = listing;
    this.tables = listing.tables(TRIED_TABLES);
    this.reader =
        ImageReader.of(context.sc(), reading.settings(config.source().inputs())).settledFor(tables);
    this.carried = tables.isEmpty() ? listing.carried() : reader.carried();
  }

  /** The columns of manifests or tables that go through to the output. */
  StructType carried() {
    return carried;
  }

  /** Whether members of archives, or rows of tables, go by their own names alone. */
  boolean hasOwnKeys() {
    return reader.hasOwnKeys();
  }

  /** Whether rows of tables go by keys of their own, so that they are units of work themselves. */
  boolean hasKeyedRows() {
    return hasOwnKeys() && !tables.isEmpty();
  }

  /**
   * The keys of the rows of tables, if these go by them.
   *
   * @param folder for what is read
   * @throws org.retinaspark.io.UnusableLocationException if they are not unlike each other
   */
  Optional<Dataset<Row>> keys(SparkSession spark, Path folder) {
    return hasKeyedRows()
        ? Optional.of(TableKeys.read(spark, listing, reader, folder))
        : Optional.empty();
  }

  /**
   * The images of these files, in tasks that begin with those that cost most.
   *
   * @param handedOut counts them as they are handed out
   * @param known faces of them that need not be looked for, if there are such
   */
  JavaRDD<ImageUnit> images(
      List<ImageFile> files, LongAccumulator handedOut, Optional<KnownFaces> known) {
    PartitionPlan plan = PartitionPlan.of(files, reading.taskBytes(), context.defaultParallelism());
    OpenImages open = new OpenImages(reader, carried.size(), handedOut);
    return known
        .map(faces -> faces.with(context, plan.tasks(), open))
        .orElseGet(() -> context.parallelize(plan.tasks(), plan.tasks().size()).flatMap(open));
  }

  /** Members of archives that got no row, so far, and why. */
  PassedOver membersPassedOver() {
    return reader.membersPassedOver();
  }
}
