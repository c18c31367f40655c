package org.retinaspark.job.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.labels.LabelCounts;
import org.retinaspark.io.labels.LabelPairing;
import org.retinaspark.io.samples.SampleCensus;
import org.retinaspark.job.train.loss.LossChange;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * What {@code _run.json} says of a training: all by which its file can be made again.
 *
 * @param started when it began
 * @param ended when the file was there
 * @param command the command line, without secrets
 * @param model whose heads were fitted
 * @param labels what they were fitted to
 * @param settings all that decided the samples, by option
 * @param options all that decided the fit, by option
 * @param rounds the samples of each
 * @param losses by term and round
 * @param loss the terms of the paper's, on the samples of the last fit
 * @param notes what people should know of single anchors
 * @param output what came out
 * @param versions of all that has one
 * @param seconds from the first photo to the file
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrainManifest(
    String started,
    String ended,
    String command,
    FileDigest model,
    TrainedLabels labels,
    Map<String, String> settings,
    Map<String, String> options,
    List<StoredRound> rounds,
    List<LossCurve> losses,
    LossChange loss,
    List<String> notes,
    FileDigest output,
    Map<String, String> versions,
    double seconds) {

  /**
   * A file.
   *
   * @param name without folders
   */
  record FileDigest(String name, String sha256) {}

  /**
   * What was known of the photos.
   *
   * @param mesh what the meshes are; null without any
   */
  record TrainedLabels(
      String location,
      String format,
      String sha256,
      LabelCounts counts,
      @Nullable String mesh,
      LabelPairing photos) {

    static TrainedLabels of(TrainingData data, LabelPairing photos) {
      MeshTopology mesh = data.mesh();
      return new TrainedLabels(
          data.location(),
          data.labels().format().name().toLowerCase(Locale.ROOT),
          data.labels().sha256(),
          data.labels().counts(),
          mesh == null ? null : mesh.name(),
          photos);
    }
  }

  /**
   * The samples of a round.
   *
   * @param checksum of all rows, whatever their order
   */
  record StoredRound(
      int number,
      String table,
      String origin,
      String checksum,
      Map<String, Long> failures,
      SampleCensus census) {

    static StoredRound of(SampleRound round) {
      return new StoredRound(
          round.number(),
          round.table(),
          round.origin().name().toLowerCase(Locale.ROOT),
          round.census().checksum(),
          round.photos().failures(),
          round.census());
    }
  }
}
