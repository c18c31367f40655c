package org.retinaspark.job.detect;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.TableSchema;
import org.retinaspark.io.folders.PassedOver;
import org.retinaspark.io.images.ImageLister;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.progress.Progress;
import org.retinaspark.job.progress.ProgressReporter;
import org.retinaspark.job.progress.TimeShares;
import org.retinaspark.job.update.KnownFaces;
import org.retinaspark.job.update.TableUpdate;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.spark.CrashNotes;
import org.retinaspark.udf.spark.LiveCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process's part in a run, from the listing to the published table. Needs the table's lock. */
final class DetectRun {

  private static final Logger LOG = LoggerFactory.getLogger(DetectRun.class);

  /** Of a chunk, at least, however large: two chunks run at once, and all cores want work. */
  private static final int FILES_A_CORE = 8;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final DetectConfig config;
  private final DetailPlan details;
  private final @Nullable Updating updating;
  private final Map<String, String> sampling;
  private final FaceDetection detection;
  private final TableDraft draft;
  private final TablePolicy policy;
  private final PrintWriter terminal;
  private final LongAdder written = new LongAdder();

  /**
   * A run that does nothing yet.
   *
   * @param details what is told of each face beside score, box and landmarks
   * @param updating the older table that the run begins with, if there is one
   * @param sampling what decides the samples, by name; nothing if none are taken
   * @param policy what becomes of the rows that are there
   */
  DetectRun(
      SparkSession spark,
      DetectConfig config,
      DetailPlan details,
      @Nullable Updating updating,
      Map<String, String> sampling,
      FaceDetection detection,
      TableDraft draft,
      TablePolicy policy,
      PrintWriter terminal) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.config = config;
    this.details = details;
    this.updating = updating;
    this.sampling = sampling;
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
    TableSchema schema = schema(details.kinds(), tasks);
    config.table().requirePartitions(listing);
    RunSettings own =
        RunSettings.of(
            config,
            spark.sparkContext().applicationId(),
            config.source().inputs().qualified(hadoop()),
            schema.columns(),
            settings.model(),
            RecordedDetails.of(details, config.details()),
            sampling,
            providers);
    RunSettings decisive =
        goingOn(updating == null ? own : updated(updating, own, tasks), providers);
    context.sc().setJobDescription("compare the input with what is done");
    try (TableUpdate update = updating == null ? null : updating.compared(listing, tasks, draft);
        WorkList work = work(update == null ? listing : update.rest(), tasks)) {
      long carried = update == null ? 0 : update.toCarry();
      LOG.info(
          "{} to do; {} done before, of which {} are not in the input any more; {} have changed",
          work.counts().units(),
          work.counts().before(),
          work.counts().vanished(),
          work.counts().changed());
      TablePublishing publishing =
          new TablePublishing(spark, config, detection, draft, work, update, provider);
      if (work.counts().units() == 0 && carried == 0 && !draft.isUnfinished()) {
        return publishing.asItIs();
      }
      draft.begin(policy, decisive.json(), Instant.now(), work.replaced());
      Instant started = Instant.now();
      TableSchema labelled = schema.from(decisive.origin());
      if (update != null && carried > 0) {
        carry(update, labelled);
      }
      detect(work, tasks, labelled, started);
      return publishing.publish(
          written.sum(),
          result -> RunManifest.Counts.of(result, listing.passedOver(), tasks.membersPassedOver()),
          settings,
          decisive,
          started);
    }
  }

  private TableSchema schema(Set<FaceDetails.Kind> kinds, ImageTasks tasks) {
    return detection.schema(kinds, config.table().layout(), tasks.carried());
  }

  private RunSettings updated(Updating older, RunSettings own, ImageTasks tasks) {
    return older.checked(own, schema(older.told(), tasks).columns(), config);
  }

  private WorkList work(ImageListing listing, ImageTasks tasks) throws IOException {
    return WorkList.of(
        listing,
        tasks.keys(spark, new Path(draft.plan(), "keys")),
        tasks.hasOwnKeys(),
        draft,
        policy,
        config.table().changed());
  }

  /** Takes over the rows that stand, as a chunk of their own. */
  private void carry(TableUpdate update, TableSchema schema) throws IOException {
    LOG.info("{} of the table to update", update.counts());
    context.sc().setJobDescription("take over rows of the table to update");
    Dataset<Row> rows = update.rows(schema);
    draft.write(rows, () -> update.images(rows), config.table().compression());
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
  private RunSettings goingOn(RunSettings own, List<String> providers) {
    if (!policy.resumes() || draft.settings().isEmpty()) {
      return own;
    }
    JsonNode earlier = draft.settings().get();
    own.requireSame(earlier, config.table().output());
    if (!config.network().mixesProviders()) {
      RecordedSettings.atOutput(earlier, config.table().output()).requireProviders(providers);
    }
    return own.besides(earlier);
  }

  private void detect(WorkList work, ImageTasks tasks, TableSchema schema, Instant started)
      throws IOException {
    Optional<KnownFaces> known = updating == null ? Optional.empty() : updating.known(tasks);
    CrashNotes notes = new StoredCrashNotes(draft.notes());
    LiveCounts before = LiveCounts.told();
    int cores = context.defaultParallelism();
    int photos = config.table().checkpointImages(cores);
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
                    detection.rows(tasks.images(units, handedOut, known), schema, notes),
                    handedOut::value,
                    config.table().compression());
                written.add(handedOut.value());
              })
          .run(work.chunks(photos, FILES_A_CORE * cores), work.counts().files());
    }
    if (tasks.membersPassedOver().total() > 0) {
      LOG.info("members of archives: {}", tasks.membersPassedOver());
    }
    LOG.info("{}", new TimeShares(detection.stageSeconds()));
    LOG.info("{}", detection.tail());
  }

  private Progress progress(LiveCounts counts, OptionalLong total, Instant started) {
    return new Progress(
        Math.min(counts.images(), total.orElse(Long.MAX_VALUE)),
        counts.failed(),
        counts.faces(),
        total,
        Duration.between(started, Instant.now()));
  }
}
