package org.retinaspark.job.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.FileLookup;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.model.MeshModelFile;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.udf.dense.GeometryStationFactory;
import org.retinaspark.udf.dense.MeshSelection;
import org.retinaspark.udf.dense.MeshStationFactory;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.pipeline.StationFactory;
import org.retinaspark.udf.spark.BroadcastModel;

/**
 * What the options mean once the models are read.
 *
 * @param model the detector, or what samples are taken with
 * @param second the network that looks at each face, if one is to
 * @param details what is told of each face beside score, box and landmarks
 * @param settings all that decides what a task makes of an image
 */
record DetectionSetup(
    ModelFile model, Optional<MeshModelFile> second, DetailPlan details, DetectSettings settings) {

  /**
   * Reads the models.
   *
   * @param sampling what samples are taken of, in place of faces
   * @throws UsageException if the configuration can't be met; nothing was read of the input then
   */
  static DetectionSetup of(
      SparkSession spark, DetectConfig config, DetectAction.@Nullable Sampling sampling) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    FileLookup files = new FileLookup(spark.sparkContext());
    ModelFile model =
        sampling != null
            ? new ModelFile(sampling.model().onnx(), sampling.model().model())
            : ModelFile.read(
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
            sampling == null ? config.details().asked() : Optional.of(Set.of()),
            model.description(),
            second.map(MeshModelFile::model));
    if (sampling == null) {
      config.details().requireUsed(details);
    }
    List<StationFactory> stations = new ArrayList<>();
    if (sampling == null && !model.description().family().meshes().isEmpty()) {
      stations.add(new MeshSelection(config.details().limits()));
    }
    stations.addAll(secondLooks(spark, config, details, second));
    return new DetectionSetup(model, second, details, settings(config, model, stations, sampling));
  }

  private static DetectSettings settings(
      DetectConfig config,
      ModelFile model,
      List<StationFactory> stations,
      DetectAction.@Nullable Sampling sampling) {
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
          stations,
          sampling == null ? null : sampling.plan());
    } catch (IllegalArgumentException unmet) {
      throw new UsageException(unmet.getMessage() + ": nothing was read", unmet);
    }
  }

  /** What looks at the faces behind the detector. */
  private static List<StationFactory> secondLooks(
      SparkSession spark, DetectConfig config, DetailPlan details, Optional<MeshModelFile> second) {
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
          new GeometryStationFactory(details.derived(), config.details().limits().minimumScore()));
    }
    return stations;
  }
}
