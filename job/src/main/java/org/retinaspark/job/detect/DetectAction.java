package org.retinaspark.job.detect;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.retinaspark.io.facetable.ColumnNames;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.facetable.TableCounts;
import org.retinaspark.io.facetable.TableSchema;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageLister;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.table.Publication;
import org.retinaspark.io.table.RunLock;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.job.progress.Progress;
import org.retinaspark.job.progress.ProgressReporter;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.runtime.SessionRequest;
import org.retinaspark.udf.spark.DetectFaces;
import org.retinaspark.udf.spark.LiveCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the faces of all images below an input, and writes one row for each image: chunk by chunk,
 * hidden, and then all at once as the table.
 */
public final class DetectAction {

  private static final Logger LOG = LoggerFactory.getLogger(DetectAction.class);

  /** Chunks of a few minutes on a CPU; see docs/decisions/0005. */
  private static final int CHECKPOINT_IMAGES_A_CORE = 1000;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final JavaSparkContext context;
  private final DetectConfig config;
  private final PrintWriter terminal;

  /**
   * An action that does nothing yet.
   *
   * @param terminal where a progress line goes
   */
  public DetectAction(SparkSession spark, DetectConfig config, PrintWriter terminal) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.config = config;
    this.terminal = terminal;
  }

  /**
   * Runs the job.
   *
   * @throws UsageException if the configuration can't be met; nothing was read or written then
   * @throws org.retinaspark.io.UnusableLocationException if input or output can't be used
   * @throws TooManyFailuresException if too many images failed; what they gave stays, unpublished
   * @throws IOException if the table or its manifest can't be written
   */
  public DetectResult execute() throws IOException {
    TableLocation table = TableLocation.of(config.table().output(), hadoop);
    requireWritable(table);
    RunLock.requireFree(table, config.table().lockExpiry());
    ModelFile model =
        ModelFile.read(config.network().model(), config.network().recognition(), hadoop);
    DetectSettings settings = settings(model);
    FaceDetection detection = new FaceDetection(spark, model, settings);
    String provider = detection.probe();
    boolean isNew = table.isAbsent();
    try (RunLock lock = lock(table);
        TableDraft draft = draft(table, lock)) {
      ImageListing listing = listing(draft);
      TableSchema schema = schema(listing, settings);
      RunSettings own =
          RunSettings.of(
              config,
              config.source().inputs().qualified(hadoop),
              schema.columns(),
              model.description(),
              provider);
      RunSettings decisive = goingOn(own, draft);
      ImageTasks tasks = new ImageTasks(context, config.source(), listing);
      try (WorkList work = WorkList.of(listing, draft, config.table())) {
        LOG.info(
            "{} to do; {} done before, of which {} are not in the input any more; {} have changed",
            work.counts().units(),
            work.counts().before(),
            work.counts().vanished(),
            work.counts().changed());
        if (work.counts().units() == 0 && !draft.isUnfinished()) {
          return result(counts(table.read(spark)), work, draft, 0, provider);
        }
        draft.begin(config.table().policy(), decisive.json(), Instant.now(), work.replaced());
        Instant started = Instant.now();
        TableSchema labelled = schema.from(decisive.origin());
        detect(
            work,
            (units, read) -> detection.rows(tasks.images(units, read), labelled),
            draft,
            started);
        if (tasks.membersPassedOver() > 0) {
          LOG.info("{} members of archives passed over", tasks.membersPassedOver());
        }
        LOG.info("{}", new TimeShares(detection.stageSeconds()));
        Instant detected = Instant.now();
        Optional<Dataset<Row>> rows = draft.rows();
        if (rows.isPresent()) {
          requireFewFailures(counts(rows.get()));
        }
        Publication publication =
            draft.publish(config.table().fileBytes(), config.table().compression());
        TableCounts counts = counts(publication.rows());
        requireWhole(counts, work, publication);
        Instant published = Instant.now();
        DetectResult result = result(counts, work, draft, seconds(started, published), provider);
        publication.complete(
            new RunManifest(
                started.toString(),
                decisive,
                settings.batching().mode().label(),
                settings.batching().limits().size(),
                provider,
                RunManifest.jpegDecoderHere(),
                new TreeMap<>(detection.executors()),
                publication.committer().orElse(null),
                detection.sessions(),
                RunManifest.versions(spark),
                RunManifest.Counts.of(result),
                result.work(),
                result.seconds(),
                seconds(detected, published),
                result.imagesPerSecond(),
                detection.stageSeconds()));
        return result;
      }
    } finally {
      if (isNew) {
        table.deleteIfEmpty();
      }
    }
  }

  private DetectSettings settings(ModelFile model) {
    NetworkOptions network = config.network();
    try {
      return new DetectSettings(
          model.description(),
          new SessionRequest(
              model.description().name(),
              model.description().sha256(),
              network.provider(),
              network.device(),
              network.precision(),
              network.threads()),
          config.protocol(),
          config.thresholds(),
          config.source().decoding(),
          network.batching(),
          config.source().pipeline(),
          config.source().maximumBytes(),
          config.source().split(),
          List.of());
    } catch (IllegalArgumentException unmet) {
      throw new UsageException(unmet.getMessage() + ": nothing was read", unmet);
    }
  }

  private ImageListing listing(TableDraft draft) {
    ImageListing listing = new ImageLister(spark, config.source().inputs(), draft.plan()).list();
    LOG.info(
        "{} files, {} bytes, in {}; {} other files passed over",
        listing.count(),
        listing.bytes(),
        String.join(", ", config.source().inputs().locations()),
        listing.passedOver());
    return listing;
  }

  private void requireWritable(TableLocation table) {
    for (String input : config.source().inputs().locations()) {
      table.requireWritable(config.table().policy(), input);
    }
  }

  private RunLock lock(TableLocation table) throws IOException {
    return RunLock.acquire(table, context.sc().applicationId(), config.table().lockExpiry());
  }

  private TableDraft draft(TableLocation table, RunLock lock) throws IOException {
    // Again, since another run may have ended between the first look and the lock.
    requireWritable(table);
    return TableDraft.open(spark, table, ColumnNames.IMAGE, lock);
  }

  /** The settings of the table, if what is there goes together with what this run would add. */
  private RunSettings goingOn(RunSettings own, TableDraft draft) {
    if (!config.table().policy().resumes() || draft.settings().isEmpty()) {
      return own;
    }
    JsonNode earlier = draft.settings().get();
    own.requireSame(earlier, config.table().output());
    if (!config.network().mixesProviders()) {
      own.requireSameProvider(earlier, config.table().output());
    }
    return own.besides(earlier);
  }

  private TableSchema schema(ImageListing listing, DetectSettings settings) {
    try {
      return DetectFaces.schema(settings, config.table().layout(), listing.carried());
    } catch (IllegalArgumentException clash) {
      throw new UsageException(clash.getMessage() + ": nothing was read", clash);
    }
  }

  private void detect(
      WorkList work,
      BiFunction<List<ImageFile>, LongAccumulator, Dataset<Row>> detection,
      TableDraft draft,
      Instant started)
      throws IOException {
    LiveCounts before = LiveCounts.told();
    int size = checkpointImages();
    try (ProgressReporter reporter =
        ProgressReporter.start(
            () -> progress(LiveCounts.told().since(before), work.images(), started),
            terminal,
            config.progress())) {
      new ChunkJobs(
              context,
              units -> {
                LongAccumulator handedOut = context.sc().longAccumulator();
                draft.write(
                    detection.apply(units, handedOut),
                    handedOut::value,
                    config.table().compression());
              })
          .run(work.chunks(size), (work.counts().units() + size - 1) / size);
    }
  }

  private Progress progress(LiveCounts counts, OptionalLong total, Instant started) {
    return new Progress(
        Math.min(counts.images(), total.orElse(Long.MAX_VALUE)),
        counts.failed(),
        counts.faces(),
        total,
        Duration.between(started, Instant.now()));
  }

  private int checkpointImages() {
    Integer images = config.table().checkpointImages();
    return images == null ? CHECKPOINT_IMAGES_A_CORE * context.defaultParallelism() : images;
  }

  private TableCounts counts(Dataset<Row> rows) {
    return FaceTable.of(rows, config.table().output()).counts();
  }

  private void requireFewFailures(TableCounts counts) {
    TooManyFailuresException.requireFew(
        counts.images(),
        counts.failed(),
        counts.failures(),
        config.maximumFailureRate(),
        config.table().output());
  }

  private void requireWhole(TableCounts counts, WorkList work, Publication publication) {
    long expected = work.rows().orElse(publication.expectedRows());
    if (counts.images() != expected || counts.images() != publication.expectedRows()) {
      throw new IllegalStateException(
          ("the table at %s would have %d rows for %d images: it was not published. Its chunks stay"
                  + " as they are; begin again with --overwrite")
              .formatted(config.table().output(), counts.images(), expected));
    }
  }

  private DetectResult result(
      TableCounts counts, WorkList work, TableDraft draft, double seconds, String provider) {
    return new DetectResult(
        counts.images(),
        counts.failed(),
        counts.faces(),
        counts.failures(),
        new DetectResult.Work(
            draft.chunks(),
            Math.max(0, draft.sessions() - 1),
            work.counts().before(),
            work.counts().units(),
            work.counts().vanished()),
        seconds,
        provider,
        draft.uri());
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
