package org.retinaspark.job.crop;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.Destination;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.crops.CropDraft;
import org.retinaspark.io.crops.CropFolder;
import org.retinaspark.io.crops.CropForm;
import org.retinaspark.io.crops.CropFormat;
import org.retinaspark.io.crops.StoredCrop;
import org.retinaspark.io.facetable.FaceDetail;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.io.table.RunLock;
import org.retinaspark.io.table.SparkAttempt;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.TableOrigin;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.crop.AlignmentTemplate;
import org.retinaspark.udf.image.ImageEncoding;
import org.retinaspark.udf.pipeline.PipelineSettings;
import scala.Tuple2;

/**
 * Crops the wanted faces of a table: its images are sorted by the files that they are in, so that
 * each file is read once, by one task.
 */
final class CropAction {

  /** Tasks for each core, at least, so that cores which are done early find another. */
  private static final int TASKS_A_CORE = 4;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Configuration hadoop;
  private final CropConfig config;

  /** An action that does nothing yet. */
  CropAction(SparkSession spark, CropConfig config) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
  }

  /**
   * Makes the crops.
   *
   * @throws UsageException if the table can't give what is asked for; nothing was written then
   * @throws org.retinaspark.io.UnusableLocationException if table or output can't be used
   * @throws LostCropsException if too many faces got no crop; nothing was published
   * @throws IOException if the crops can't be stored
   */
  CropResult execute() throws IOException {
    Destination destination = new Destination(config.output(), hadoop);
    destination.requireOutside(config.detections());
    config.input().forEach(destination::requireNot);
    CropFolder folder = CropFolder.of(config.output(), hadoop);
    TableLocation output = TableLocation.of(config.output(), hadoop);
    SparkAttempt attempt = SparkAttempt.of(context.sc());
    RunLock.requireFree(output, attempt, RunLock.DEFAULT_EXPIRY);
    folder.requireFit(config.policy());
    destination.tryWriting(folder.root());
    boolean isNew = output.isAbsent();
    try (RunLock lock = RunLock.acquire(output, attempt, RunLock.DEFAULT_EXPIRY)) {
      // Again, since another run may have ended between the first look and the lock.
      folder.requireWritable(config.policy());
      return execute(folder, lock);
    } finally {
      if (isNew) {
        output.deleteIfEmpty();
      }
    }
  }

  private CropResult execute(CropFolder folder, RunLock lock) throws IOException {
    AlignmentTemplate base = TemplateFile.read(config.template(), context.sc());
    CropSettings settings =
        new CropSettings(
            base.sized(config.size()).widened(config.margin()),
            config.size(),
            config.sampling(),
            config.encoding());
    TableLocation location = TableLocation.of(config.detections(), hadoop);
    FaceTable table = FaceTable.of(location.read(spark), config.detections());
    DetectedBy origin = DetectedBy.of(TableOrigin.of(location));
    Relocation relocation = relocation(origin);

    Instant started = Instant.now();
    context.sc().setJobDescription("count the faces");
    JavaRDD<ImageRecord> images = images(table);
    CropCensus census = census(images, relocation);
    context.sc().setJobDescription("crop the faces");
    CropDraft draft = draft(folder, crops(images, census, relocation, origin, settings));
    lock.requireHeld();
    // From here on the draft may be the only place where crops are, whatever fails.
    folder.publish(
        draft,
        config.policy(),
        CropManifest.of(spark, config, settings, origin, census, draft.counts(), started));
    return new CropResult(
        census,
        draft.counts(),
        Duration.between(started, Instant.now()).toMillis() / 1000.0,
        folder.root().toString(),
        origin.warnings());
  }

  /** Crops that may be published; no draft is left if there are none. */
  private CropDraft draft(CropFolder folder, JavaRDD<StoredCrop> crops) throws IOException {
    Path place = folder.draft();
    boolean made = false;
    try {
      CropDraft draft = CropDraft.write(spark, crops, form(), place);
      LostCropsException.requireFew(draft.counts(), config.maximumFailureRate(), config.output());
      made = true;
      return draft;
    } finally {
      if (!made) {
        folder.discard(place);
      }
    }
  }

  private Relocation relocation(DetectedBy origin) throws IOException {
    if (config.input().isEmpty()) {
      return Relocation.NONE;
    }
    List<String> now = new ArrayList<>();
    for (String input : config.input()) {
      now.add(FileLocation.of(input, hadoop).path().toString());
    }
    try {
      return new Relocation(origin.inputs(), now);
    } catch (IllegalArgumentException differ) {
      throw new UsageException(
          ("%s: nothing was done. Give where each of them lies now, in the same order, or leave"
                  + " --input away if the images are where the table says")
              .formatted(differ.getMessage()),
          differ);
    }
  }

  private JavaRDD<ImageRecord> images(FaceTable table) {
    Integer limit = config.limit();
    return limit == null
        ? table.records(Set.of(FaceDetail.POSE))
        : context.parallelize(table.first(limit));
  }

  private CropCensus census(JavaRDD<ImageRecord> images, Relocation relocation) {
    FaceFilter filter = config.filter();
    CropCensus census =
        images.aggregate(
            CropCensus.NONE, (sum, image) -> sum.with(image, filter, relocation), CropCensus::plus);
    CropRequirements.check(census, config);
    if (config.format() == CropFormat.FILES) {
      CropRequirements.checkKeys(images);
    }
    return census;
  }

  private JavaRDD<StoredCrop> crops(
      JavaRDD<ImageRecord> images,
      CropCensus census,
      Relocation relocation,
      DetectedBy origin,
      CropSettings settings) {
    FaceFilter filter = config.filter();
    JavaPairRDD<String, ImageRecord> byFile =
        images
            .filter(image -> !filter.wanted(image.faces()).isEmpty())
            .mapToPair(
                image -> new Tuple2<>(relocation.of(SourceFile.stored(image)).orElseThrow(), image))
            .sortByKey(true, tasks(census));
    return byFile.mapPartitions(
        new CropImages(
            settings,
            filter,
            origin.reader(context.sc(), config.retryTime()),
            origin.decoding(),
            PipelineSettings.DEFAULT,
            origin.maximumBytes(),
            context.broadcast(new SerializableConfiguration(hadoop))));
  }

  private int tasks(CropCensus census) {
    long bySize = census.bytes() / config.taskBytes() + 1;
    long byCores = (long) TASKS_A_CORE * context.defaultParallelism();
    return (int) Math.max(1, Math.min(census.wantedImages(), Math.max(bySize, byCores)));
  }

  private CropForm form() {
    long pixels = (long) config.size() * config.size();
    // About: a JPEG of high quality has less than a byte a pixel, a PNG less than its pixels.
    long bytes = config.encoding().format() == ImageEncoding.Format.JPEG ? pixels : 3 * pixels;
    return new CropForm(
        config.format(), config.encoding().format().extension(), config.fileBytes(), bytes);
  }
}
