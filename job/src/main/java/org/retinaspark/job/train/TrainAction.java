package org.retinaspark.job.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.Build;
import org.retinaspark.job.FileLookup;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.job.train.fit.FitStart;
import org.retinaspark.udf.detect.family.AnchorFamily;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.heads.FeatureModel;
import org.retinaspark.udf.heads.HeadTask;
import org.retinaspark.udf.heads.LinearHead;
import org.retinaspark.udf.heads.TrainableModel;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.model.UnknownModelException;
import org.retinaspark.udf.runtime.Engine;
import org.retinaspark.udf.spark.BroadcastLabels;
import org.retinaspark.udf.train.sampling.TrainingLabels;

/**
 * Fits heads to labelled photos: looks at them for samples, fits, looks for harder negatives, fits
 * again, and writes the model.
 */
final class TrainAction {

  private final SparkSession spark;
  private final Configuration hadoop;
  private final TrainConfig config;
  private final PrintWriter terminal;

  /**
   * An action that does nothing yet.
   *
   * @param terminal where a progress line goes
   */
  TrainAction(SparkSession spark, TrainConfig config, PrintWriter terminal) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.terminal = terminal;
  }

  /**
   * Runs the job.
   *
   * @throws UsageException if the configuration can't be met; nothing was written then
   * @throws org.retinaspark.io.UnusableLocationException if input or output can't be used
   * @throws UnusablePhotosException if nothing may or can be learnt; samples may stay
   * @throws org.retinaspark.job.train.fit.UnfittableException if the samples tell no head; likewise
   * @throws IOException if samples or the model can't be written
   */
  TrainSummary execute() throws IOException {
    String location =
        new FileLookup(spark.sparkContext()).find("--model", config.network().model());
    ModelOutput output =
        new ModelOutput(config.output().output(), config.output().policy(), hadoop);
    output.requireWritable(location, config.labels().location());
    TrainReport report =
        new TrainReport(config.output().report(), config.output().policy(), hadoop);
    report.requireWritable(config.labels().location());
    ModelFile file = ModelFile.read(location, config.network().recognition(), hadoop);
    TrainableModel model = trainable(file);
    TrainingData data = TrainingData.read(spark, config);
    SamplesFolder folder = new SamplesFolder(config.output().samples(), hadoop);
    Map<String, String> settings = settings(file, data);
    folder.begin(settings);

    Instant started = Instant.now();
    FeatureModel features = model.withFeatures();
    TrainRounds.Outcome outcome = rounds(model, features, data, folder).run(first(model, data));
    byte[] onnx = model.with(outcome.heads(), metadata(file, data));
    requireUsable(onnx, output.name());
    output.write(onnx);
    Instant ended = Instant.now();

    TrainResult result =
        new TrainResult(
            output.location(),
            OnnxFile.sha256(onnx),
            data.heads(),
            data.labels().counts(),
            outcome.pairing(),
            outcome.rounds(),
            outcome.curves(),
            outcome.losses(),
            outcome.notes(),
            Duration.between(started, ended).toMillis() / 1000.0);
    TrainSummary summary = new TrainSummary(result, features.model().family().anchors());
    report.write(manifest(result, file, data, settings, started, ended), summary);
    if (!config.output().keepsSamples()) {
      folder.delete();
    }
    return summary;
  }

  private static TrainableModel trainable(ModelFile file) {
    try {
      return TrainableModel.of(file.content(), file.description());
    } catch (InvalidModelException unfit) {
      throw new UsageException(
          "%s: nothing was read. Give a model with such heads".formatted(unfit.getMessage()),
          unfit);
    }
  }

  private TrainRounds rounds(
      TrainableModel model, FeatureModel features, TrainingData data, SamplesFolder folder) {
    TrainingLabels labels =
        new TrainingLabels(new LabelledPhotos(data.labels().boxes()), data.heldOut().photos());
    PhotoLooks looks =
        new PhotoLooks(
            spark,
            config,
            features,
            config.views().views(data.heads()),
            data.teachesClass() ? config.views().counts() : config.views().positivesAlone(),
            BroadcastLabels.of(spark, labels),
            data.digests(),
            folder,
            terminal);
    return new TrainRounds(
        looks,
        new PhotoGuard(data.labels().boxes(), config.maximumFailureRate()),
        new RoundFits(spark, config.fit(), data, model, family(features)),
        data.teachesClass() ? config.fit().rounds() : 1);
  }

  private static AnchorFamily family(FeatureModel features) {
    if (features.model().family() instanceof AnchorFamily family) {
      return family;
    }
    throw new IllegalStateException(
        "heads were found of the family '%s', which has no anchors that faces can be matched with"
            .formatted(features.model().family().name()));
  }

  /** What finds the first hard negatives; nothing where they are taken by chance, or not at all. */
  private @Nullable LinearHead first(TrainableModel model, TrainingData data) {
    return data.teachesClass() && config.fit().start() == FitStart.MODEL
        ? model.head(HeadTask.CLASS)
        : null;
  }

  private Map<String, String> settings(ModelFile file, TrainingData data) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("--input", String.join(", ", config.source().inputs().qualified(hadoop)));
    settings.put("--model (SHA-256)", file.description().sha256());
    settings.putAll(data.digests());
    settings.put("negatives", data.teachesClass() ? "for --heads class" : "none");
    if (data.teachesClass()) {
      settings.put("--start", config.fit().start().label());
    }
    settings.putAll(config.decidingSamples());
    settings.put("--scales", config.views().scales(data.heads()).toString());
    return settings;
  }

  /** What the file says of its origin: nothing of when and where it was made. */
  private static Map<String, String> metadata(ModelFile file, TrainingData data) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("retinaspark.trained.from", file.description().sha256());
    metadata.put("retinaspark.trained.labels", data.labels().sha256());
    metadata.put("retinaspark.trained.heads", TrainedHead.told(data.heads()));
    return metadata;
  }

  /** What was made has to be a detector, by its file alone. */
  private static void requireUsable(byte[] onnx, String name) {
    try {
      ModelRecognition.tried(onnx, name, RecognitionOptions.BY_FILE);
    } catch (UnknownModelException | InvalidModelException broken) {
      throw new IllegalStateException(
          "the fitted model is no detector that can be used (%s): it was not written"
              .formatted(broken.getMessage()),
          broken);
    }
  }

  private TrainManifest manifest(
      TrainResult result,
      ModelFile file,
      TrainingData data,
      Map<String, String> settings,
      Instant started,
      Instant ended) {
    Map<String, String> versions = Build.versions(spark);
    versions.put("onnxRuntime", Engine.runtimeVersion());
    return new TrainManifest(
        started.toString(),
        ended.toString(),
        config.invocation().text(),
        new TrainManifest.FileDigest(file.description().name(), file.description().sha256()),
        TrainManifest.TrainedLabels.of(data, result.pairing()),
        settings,
        config.fit().recorded(),
        result.rounds().stream().map(TrainManifest.StoredRound::of).toList(),
        result.curves(),
        result.losses(),
        result.notes(),
        new TrainManifest.FileDigest(result.output(), result.sha256()),
        versions,
        result.seconds());
  }
}
