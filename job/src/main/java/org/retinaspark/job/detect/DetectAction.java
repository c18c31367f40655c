package org.retinaspark.job.detect;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.facetable.ColumnNames;
import org.retinaspark.io.table.RunLock;
import org.retinaspark.io.table.SparkAttempt;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.FileLookup;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.model.MeshModelFile;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.udf.dense.GeometryStationFactory;
import org.retinaspark.udf.dense.MeshStationFactory;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.pipeline.StationFactory;
import org.retinaspark.udf.spark.BroadcastModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the faces of all images below an input, and writes one row for each image: chunk by chunk,
 * hidden, and then all at once as the table.
 */
public final class DetectAction {

  private static final Logger LOG = LoggerFactory.getLogger(DetectAction.class);

  private final SparkSession spark;
  private final Configuration hadoop;
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
    SparkAttempt attempt = SparkAttempt.of(spark.sparkContext());
    requireWritable(table, policy(table, attempt));
    table.tryWriting();
    RunLock.requireFree(table, attempt, config.table().lockExpiry());
    S3Committer.warning(spark, table.uri()).ifPresent(LOG::warn);
    FileLookup files = new FileLookup(spark.sparkContext());
    ModelFile model =
        ModelFile.read(
            files.find("--model", config.network().model()),
            config.network().recognition(),
            hadoop);
    Optional<MeshModelFile> second =
        config
            .details()
            .meshModel()
            .map(file -> MeshModelFile.read(files.find("--mesh-model", file), hadoop));
    DetailPlan details =
        DetailPlan.of(
            config.details().asked(), model.description(), second.map(MeshModelFile::model));
    DetectSettings settings = settings(model, stations(details, second));
    FaceDetection detection = new FaceDetection(spark, model, settings);
    List<String> providers = detection.probe();
    boolean isNew = table.isAbsent();
    try (RunLock lock = RunLock.acquire(table, attempt, config.table().lockExpiry())) {
      // Again, since another run may have ended between the first look and the lock.
      TablePolicy policy = policy(table, attempt);
      requireWritable(table, policy);
      if (policy != config.table().policy()) {
        LOG.info(
            "attempt {} of {} goes on with what the attempt before it left",
            attempt.number(),
            attempt.application());
      }
      try (TableDraft draft = TableDraft.open(spark, table, ColumnNames.IMAGE, lock, policy)) {
        return new DetectRun(spark, config, details, detection, draft, policy, terminal)
            .execute(settings, providers);
      }
    } finally {
      if (isNew) {
        table.deleteIfEmpty();
      }
    }
  }

  private DetectSettings settings(ModelFile model, List<StationFactory> stations) {
    NetworkOptions network = config.network();
    try {
      return new DetectSettings(
          model.description(),
          network.session(model.description().name(), model.description().sha256()),
          config.protocol(),
          config.thresholds(),
          config.reading().decoding(),
          network.batching(),
          config.reading().pipeline(),
          config.reading().maximumBytes(),
          config.source().split(),
          stations);
    } catch (IllegalArgumentException unmet) {
      throw new UsageException(unmet.getMessage() + ": nothing was read", unmet);
    }
  }

  /** What looks at the faces behind the detector. */
  private List<StationFactory> stations(DetailPlan details, Optional<MeshModelFile> second) {
    List<StationFactory> stations = new ArrayList<>();
    second.ifPresent(
        file ->
            stations.add(
                new MeshStationFactory(
                    file.model(),
                    config.network().session(file.model().name(), file.model().sha256()),
                    config.details().limits(),
                    BroadcastModel.of(spark, file.content()))));
    if (!details.derived().isEmpty()) {
      stations.add(
          new GeometryStationFactory(
              details.derived(),
              second.map(file -> config.details().limits().minimumScore()).orElse(0.0)));
    }
    return stations;
  }

  /** What was asked for; but an attempt that follows another goes on with what that one left. */
  private TablePolicy policy(TableLocation table, SparkAttempt attempt) throws IOException {
    TablePolicy asked = config.table().policy();
    if (attempt.number() == 1 || asked.resumes()) {
      return asked;
    }
    boolean own =
        table
            .settings()
            .filter(rows -> rows.path("application").asText().equals(attempt.application()))
            .isPresent();
    return own ? TablePolicy.RESUME : asked;
  }

  private void requireWritable(TableLocation table, TablePolicy policy) {
    for (String input : config.source().inputs().locations()) {
      table.requireWritable(policy, input);
    }
  }
}
