package org.retinaspark.job.detect;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.ColumnNames;
import org.retinaspark.io.table.RunLock;
import org.retinaspark.io.table.SparkAttempt;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.S3Committer;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.update.OlderTable;
import org.retinaspark.udf.heads.FeatureModel;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.train.sampling.SamplingPlan;
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
  private final @Nullable Sampling sampling;

  /**
   * An action that does nothing yet.
   *
   * @param terminal where a progress line goes
   */
  public DetectAction(SparkSession spark, DetectConfig config, PrintWriter terminal) {
    this(spark, config, terminal, null);
  }

  private DetectAction(
      SparkSession spark, DetectConfig config, PrintWriter terminal, @Nullable Sampling sampling) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.terminal = terminal;
    this.sampling = sampling;
  }

  /**
   * What samples are taken of, in place of faces.
   *
   * @param model the detector, with its feature maps
   * @param plan which samples
   * @param labels what says which labels they are, by name, as a digest: rows of others don't go
   *     together
   */
  public record Sampling(FeatureModel model, SamplingPlan plan, Map<String, String> labels) {

    private Map<String, String> settings() {
      Map<String, String> settings = new LinkedHashMap<>(plan.settings());
      settings.putAll(labels);
      return settings;
    }
  }

  /**
   * The same action, but with a column {@code samples} in place of faces ({@link
   * org.retinaspark.io.samples.SampleColumns}). An image that no label names is a failed row of
   * code {@code unlabelled}, one that is held out a failed row of code {@code held_out}.
   *
   * @param config the options of {@code detect} that matter here: those of the input, the reading,
   *     the network's run and the table; its model is not looked for
   * @param terminal where a progress line goes
   */
  public static DetectAction sampling(
      SparkSession spark, DetectConfig config, Sampling sampling, PrintWriter terminal) {
    return new DetectAction(spark, config, terminal, sampling);
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
    Optional<OlderTable> older =
        config
            .table()
            .updated()
            .map(updated -> OlderTable.open(spark, updated, config.table().output()));
    S3Committer.warning(spark, table.uri()).ifPresent(LOG::warn);
    DetectionSetup setup = DetectionSetup.of(spark, config, sampling);
    Updating updating =
        older
            .map(
                rows ->
                    Updating.of(
                        rows,
                        setup.details(),
                        config.details(),
                        setup.model().description().family()))
            .orElse(null);
    DetectSettings settings = setup.settings();
    FaceDetection detection = new FaceDetection(spark, setup.model(), settings);
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
        Map<String, String> sampled = sampling == null ? Map.of() : sampling.settings();
        return new DetectRun(
                spark,
                config,
                setup.details(),
                updating,
                sampled,
                detection,
                draft,
                policy,
                terminal)
            .execute(settings, providers);
      }
    } finally {
      if (isNew) {
        table.deleteIfEmpty();
      }
    }
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
