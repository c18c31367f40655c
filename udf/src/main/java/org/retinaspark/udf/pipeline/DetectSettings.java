package org.retinaspark.udf.pipeline;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.detect.family.AnchorFamily;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.SessionRequest;
import org.retinaspark.udf.train.sampling.SamplingPlan;

/**
 * All that decides what a task makes of an image.
 *
 * @param model which network, and how it is spoken to
 * @param session where it runs
 * @param protocol how an image becomes network input
 * @param thresholds what becomes of the network's candidates
 * @param decoding how a file becomes pixels
 * @param batching whether tasks share batches
 * @param pipeline how far a task works ahead
 * @param maximumBytes a larger file is not read
 * @param split the table's column {@code split}, if the dataset has one
 * @param stations make what looks at the faces behind the detector, in their order
 * @param sampling which samples are taken for a fit of the model's heads, in place of faces; the
 *     model's last outputs are its feature maps then
 */
public record DetectSettings(
    ModelDescription model,
    SessionRequest session,
    Protocol protocol,
    Thresholds thresholds,
    DecodeSettings decoding,
    Batching batching,
    PipelineSettings pipeline,
    long maximumBytes,
    @Nullable String split,
    List<StationFactory> stations,
    @Nullable SamplingPlan sampling)
    implements Serializable {

  /**
   * Checks what the settings mean together.
   *
   * @throws IllegalArgumentException naming the option, its value and the remedy
   */
  public DetectSettings {
    stations = List.copyOf(stations);
    int limit = model.size().batchLimit();
    if (batching.mode() == Batching.Mode.SHARED && batching.limits().size() > limit) {
      throw new IllegalArgumentException(
          ("--batch-size is %d, but the model takes batches of %d only: make it dynamic with"
                  + " 'model import FILE -o OUT'")
              .formatted(batching.limits().size(), limit));
    }
    if (maximumBytes < 1) {
      throw new IllegalArgumentException(
          "--max-bytes is " + maximumBytes + ", but must be at least 1");
    }
    protocol.requireServedBy(model.size());
    if (sampling != null && !(model.family() instanceof AnchorFamily)) {
      throw new IllegalArgumentException(
          "the heads of family '%s' can't be fitted: give a model of another"
              .formatted(model.family().name()));
    }
  }

  /** The same, but for one file at a time. */
  public DetectSettings oneByOne() {
    PipelineSettings single =
        new PipelineSettings(1, pipeline.readAheadBytes(), pipeline.imageTimeout());
    return new DetectSettings(
        model,
        session,
        protocol,
        thresholds,
        decoding,
        batching,
        single,
        maximumBytes,
        split,
        stations,
        sampling);
  }

  /** What is told of each face: the columns that the table will have. */
  public Set<FaceDetails.Kind> fills() {
    Set<FaceDetails.Kind> kinds = FaceDetails.kinds(model.family());
    stations.forEach(station -> kinds.addAll(station.fills()));
    return kinds;
  }

  /** The pure part of the detection. */
  public Detector detector() {
    return new Detector(model.family(), model.size(), protocol, thresholds);
  }
}
