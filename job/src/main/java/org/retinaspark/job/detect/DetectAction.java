package org.retinaspark.job.detect;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.TableLocation;
import org.retinaspark.io.images.ImageLister;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.job.progress.Progress;
import org.retinaspark.job.progress.ProgressReporter;
import org.retinaspark.job.progress.TaskTally;
import org.retinaspark.udf.onnx.SessionRequest;
import org.retinaspark.udf.spark.DetectCounters;
import org.retinaspark.udf.spark.DetectFaces;
import org.retinaspark.udf.spark.DetectSettings;
import org.retinaspark.udf.spark.FaceTable;
import org.retinaspark.udf.spark.ProbeSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the faces of all images below an input, and writes one row for each image. */
public final class DetectAction {

  private static final Logger LOG = LoggerFactory.getLogger(DetectAction.class);

  private final SparkSession spark;
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
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.config = config;
    this.terminal = terminal;
  }

  /**
   * Runs the job.
   *
   * @throws UsageException if the configuration can't be met; nothing was read or written then
   * @throws org.retinaspark.io.UnusableLocationException if input or output can't be used
   * @throws IOException if the manifest can't be written
   */
  public DetectResult execute() throws IOException {
    TableLocation table =
        TableLocation.of(config.table().output(), spark.sparkContext().hadoopConfiguration());
    for (String input : config.source().inputs().locations()) {
      table.requireWritable(config.table().policy(), input);
    }
    ModelFile model =
        ModelFile.read(
            config.network().model(),
            config.network().recognition(),
            spark.sparkContext().hadoopConfiguration());
    DetectSettings settings = settings(model);
    Broadcast<byte[]> broadcast = context.broadcast(model.content());
    DetectCounters counters = DetectCounters.register(spark.sparkContext());
    String provider = probe(new ProbeSession(settings, broadcast, counters));
    ImageListing listing = new ImageLister(spark, config.source().inputs()).list();
    StructType schema = schema(listing);
    LOG.info(
        "{} files, {} bytes, in {}; {} other files passed over",
        listing.files().size(),
        listing.bytes(),
        String.join(", ", config.source().inputs().locations()),
        listing.passedOver());

    Instant started = Instant.now();
    ImageTasks tasks = new ImageTasks(context, config.source(), listing.carried().size());
    JavaRDD<Row> rows =
        tasks.images(listing.files()).mapPartitions(new DetectFaces(settings, broadcast, counters));
    write(spark.createDataFrame(rows, schema), table, listing.images(), started);
    double seconds = Duration.between(started, Instant.now()).toMillis() / 1000.0;
    if (tasks.membersPassedOver() > 0) {
      LOG.info("{} members of archives passed over", tasks.membersPassedOver());
    }

    TableCounts counts = TableCounts.of(table.read(spark));
    if (counts.images() != listing.images().orElse(counts.images())) {
      throw new IllegalStateException(
          "the table at %s has %d rows for %d images"
              .formatted(table.uri(), counts.images(), listing.files().size()));
    }
    DetectResult result =
        new DetectResult(
            counts.images(),
            counts.failed(),
            counts.faces(),
            counts.failures(),
            seconds,
            provider,
            table.uri());
    table.writeManifest(
        RunManifest.of(
            started.toString(),
            spark,
            config.source().inputs().locations(),
            settings,
            result,
            counters.sessions().value()));
    return result;
  }

  private DetectSettings settings(ModelFile model) {
    DetectConfig.Network network = config.network();
    try {
      return new DetectSettings(
          new SessionRequest(
              model.description(), network.provider(), network.device(), network.threads()),
          config.protocol(),
          config.thresholds(),
          config.source().decoding(),
          network.batchSize(),
          config.source().maximumBytes(),
          config.source().split());
    } catch (IllegalArgumentException unmet) {
      throw new UsageException(unmet.getMessage() + ": nothing was read", unmet);
    }
  }

  /** Opens the session and runs it once where tasks run, before any image is read. */
  private String probe(ProbeSession probe) {
    ProbeSession.Answer answer = context.parallelize(List.of(0), 1).map(probe).first();
    if (answer.problem() != null) {
      throw new UsageException(answer.problem());
    }
    return answer.provider();
  }

  private static StructType schema(ImageListing listing) {
    try {
      return FaceTable.schema(listing.carried());
    } catch (IllegalArgumentException clash) {
      throw new UsageException(clash.getMessage() + ": nothing was read", clash);
    }
  }

  private void write(Dataset<Row> rows, TableLocation table, OptionalLong total, Instant started) {
    TaskTally tally =
        new TaskTally(List.of(DetectCounters.IMAGES, DetectCounters.FAILED, DetectCounters.FACES));
    spark.sparkContext().addSparkListener(tally);
    try (ProgressReporter reporter =
        ProgressReporter.start(
            () -> progress(tally.sums(), total, started), terminal, config.progress())) {
      table.write(rows, config.table().compression());
    } finally {
      spark.sparkContext().removeSparkListener(tally);
    }
  }

  private static Progress progress(long[] sums, OptionalLong total, Instant started) {
    return new Progress(sums[0], sums[1], sums[2], total, Duration.between(started, Instant.now()));
  }
}
