package org.retinaspark.udf.spark;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.pipeline.ImagePipeline;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.ProviderUnavailableException;

/**
 * Opens the sessions where tasks run and gives each something small to look at: tells a missing GPU
 * and a model that is not what it seems before any image is read. The sessions stay, for the tasks
 * to come.
 */
public final class ProbeSession implements Function<Integer, ProbeSession.Answer> {

  private static final long serialVersionUID = 1L;

  private final DetectSettings settings;
  private final Broadcast<byte[]> model;
  private final DetectCounters counters;

  /** A probe of these settings over a broadcast ONNX file. */
  public ProbeSession(DetectSettings settings, Broadcast<byte[]> model, DetectCounters counters) {
    this.settings = settings;
    this.model = model;
    this.counters = counters;
  }

  /**
   * What the probe saw. An answer, since Spark would try an exception four times and keep only its
   * text.
   *
   * @param providers where the sessions compute, the detector's first; empty if one doesn't
   * @param problem why it doesn't, for the user
   */
  public record Answer(List<String> providers, @Nullable String problem) implements Serializable {}

  @Override
  public Answer call(Integer ignored) {
    try {
      return new Answer(
          ImagePipeline.probe(
              settings, DetectFaces.executor(TaskContext.get(), settings, counters), model::value),
          null);
    } catch (ProviderUnavailableException | InferenceException | InvalidOutputException problem) {
      return new Answer(List.of(), problem.getMessage());
    } catch (InterruptedException killed) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the task was killed");
    }
  }
}
