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
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.facetable.TableCounts;
import org.retinaspark.io.facetable.TableSchema;
import org.retinaspark.io.folders.PassedOver;
import org.retinaspark.io.images.ImageLister;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.table.Publication;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.progress.Progress;
import org.retinaspark.job.progress.ProgressReporter;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.spark.CrashNotes;
import org.retinaspark.udf.spark.LiveCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process's part in a run, from the listing to the published table. Needs the table's lock. */
final class DetectRun {

  private static final Logger LOG = LoggerFactory.getLogger(DetectRun.class);

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final DetectConfig config;
  private final DetailPlan details;
  private final FaceDetection detection;
  private final TableDraft draft;
  private final TablePolicy policy;
  private final PrintWriter terminal;
  private final LongAdder written = new LongAdder();

  /**
   * A run that does nothing yet.
   *
   * @param details what is told of each face beside score, box and landmarks
   * @param policy what becomes of the rows that are there
   */
  DetectRun(
      SparkSession spark,
      DetectConfig config,
      DetailPlan details,
      FaceDetection detection,
      TableDraft draft,
      TablePolicy policy,
      PrintWriter terminal) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.config = config;
    this.details = details;
    this.detection = detection;
    this.draft = draft;
    this.policy = policy;
    this.terminal = terminal;
  }

  /**
   * Does what is left to do.
   *
   * @param providers where the networks run
   */
  DetectResult execute(DetectSettings settings, List<String> providers) throws IOException {
    String provider = String.join(" and ", providers);
    context.sc().setJobDescription("list the input");
    ImageListing listing = listing();
    TableLocation.of(draft.uri(), hadoop()).requireApart(listing.units());
    ImageTasks tasks = new ImageTasks(context, config, listing);
    TableSchema schema =
        detection.schema(details.kinds(), config.table().layout(), tasks.carried());
    config.table().requirePartitions(listing);
    RunSettings decisive =
        goingOn(
            RunSettings.of(
                config,
                spark.sparkContext().applicationId(),
                config.source().inputs().qualified(hadoop()),
                schema.columns(),
                settings.model(),
                RecordedDetails.of(details, config.details()),
                providers));
    context.sc().setJobDescription("compare the input with what is done");
    try (WorkList work =
        WorkList.of(
            listing,
            tasks.keys(spark, new Path(draft.plan(), "keys")),
            tasks.hasOwnKeys(),
            draft,
            policy,
            config.table().changed())) {
      LOG.info(
          "{} to do; {} done before, of which {} are not in the input any more; {} have changed",
          work.counts().units(),
          work.counts().before(),
          work.counts().vanished(),
          work.counts().changed());
      if (work.counts().units() == 0 && !draft.isUnfinished()) {
        return result(
            counts(TableLocation.of(draft.uri(), hadoop()).read(spark)), work, 0, provider);
      }
      draft.begin(policy, decisive.json(), Instant.now(), work.replaced());
      Instant started = Instant.now();
      detect(work, tasks, schema, decisive, started);
      return publish(
          work,
          result -> RunManifest.Counts.of(result, listing.passedOver(), tasks.membersPassedOver()),
          settings,
          decisive,
          provider,
          started);
    }
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private ImageListing listing() {
    ImageListing listing = new ImageLister(spark, config.source().inputs(), draft.plan()).list();
    LOG.info(
        "{} files, {} bytes, in {}; others: {}",
        listing.count(),
        listing.bytes(),
        String.join(", ", config.source().inputs().locations()),
        listing.passedOver());
    if (!listing.passedOver().doubtful().equals(PassedOver.NONE)) {
      LOG.warn("images may be missing from the table: {}", listing.passedOver().doubtful());
    }
    return listing;
  }

  /** The settings of the table, if what is there goes together with what this run would add. */
  private RunSettings goingOn(RunSettings own) {
    if (!policy.resumes() || draft.settings().isEmpty()) {
      return own;
    }
    JsonNode earlier = draft.settings().get();
    own.requireSame(earlier, config.table().output());
    if (!config.network().mixesProviders()) {
      own.requireSameProvider(earlier, config.table().output());
    }
    return own.besides(earlier);
  }

  private void detect(
      WorkList work, ImageTasks tasks, TableSchema schema, RunSettings decisive, Instant started)
      throws IOException {
    TableSchema labelled = schema.from(decisive.origin());
    CrashNotes notes = new StoredCrashNotes(draft.notes());
    LiveCounts before = LiveCounts.told();
    int size = config.table().checkpointImages(context.defaultParallelism());
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
                    detection.rows(tasks.images(units, handedOut), labelled, notes),
                    handedOut::value,
                    config.table().compression());
                written.add(handedOut.value());
              })
          .run(work.chunks(size), (work.counts().files() + size - 1) / size);
    }
    if (tasks.membersPassedOver().total() > 0) {
      LOG.info("members of archives: {}", tasks.membersPassedOver());
    }
    LOG.info("{}", new TimeShares(detection.stageSeconds()));
  }

  /** Judges what was found, and makes it the table. */
  private DetectResult publish(
      WorkList work,
      Function<DetectResult, RunManifest.Counts> counted,
      DetectSettings settings,
      RunSettings decisive,
      String provider,
      Instant started)
      throws IOException {
    Instant detected = Instant.now();
    context.sc().setJobDescription("count what was found");
    Optional<Dataset<Row>> rows = draft.rows();
    if (rows.isPresent()) {
      requireFewFailures(counts(rows.get()));
    }
    context.sc().setJobDescription("publish the table");
    Publication publication = draft.publish(config.table().files());
    TableCounts counts = counts(publication.rows());
    requireWhole(counts, work, publication);
    Instant published = Instant.now();
    DetectResult result = result(counts, work, seconds(started, published), provider);
    publication.complete(
        new RunManifest(
            started.toString(),
            published.toString(),
            config.invocation().text(),
            decisive,
            ClusterUse.of(spark, detection.executors().size()),
            settings.batching().mode().label(),
            settings.batching().limits().size(),
            provider,
            RunManifest.jpegDecoderHere(),
            new TreeMap<>(detection.executors()),
            publication.committer().orElse(null),
            detection.sessions(),
            RunManifest.versions(spark),
            counted.apply(result),
            result.work(),
            draft.damaged(),
            result.seconds(),
            seconds(detected, published),
            result.imagesPerSecond(),
            draft.sittings(published),
            detection.stageSeconds()));
    return result;
  }

  private Progress progress(LiveCounts counts, OptionalLong total, Instant started) {
    return new Progress(
        Math.min(counts.images(), total.orElse(Long.MAX_VALUE)),
        counts.failed(),
        counts.faces(),
        total,
        Duration.between(started, Instant.now()));
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
                  + " as they are; --resume looks at them and does again what is damaged")
              .formatted(config.table().output(), counts.images(), expected));
    }
  }

  private DetectResult result(TableCounts counts, WorkList work, double seconds, String provider) {
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
            written.sum(),
            work.counts().vanished()),
        seconds,
        provider,
        draft.uri());
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
