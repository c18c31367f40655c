package org.retinaspark.udf.spark;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.util.LongAccumulator;
import org.retinaspark.udf.image.jpeg.JpegEngine;
import org.retinaspark.udf.pipeline.time.Stage;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.runtime.SessionFacts;

/**
 * What running tasks tell of themselves, by Spark's accumulators. A task that is repeated counts
 * twice, so these are for watching a run; what a run did is counted in its table.
 *
 * @param sessions ONNX Runtime sessions opened
 * @param executors what each executor computed with
 * @param stages nanoseconds by stage, all tasks together
 * @param times when tasks ran and their images were done
 */
public record DetectCounters(
    LongAccumulator sessions,
    UsedExecutors executors,
    Map<Stage, LongAccumulator> stages,
    TaskTimes times)
    implements Serializable {

  private static final String SESSIONS = "retinaspark.sessions";
  private static final String EXECUTORS = "retinaspark.executors";
  private static final String TIMES = "retinaspark.times";
  private static final String STAGE = "retinaspark.nanoseconds.";

  /** Registers new counters with a Spark application. */
  public static DetectCounters register(SparkContext spark) {
    Map<Stage, LongAccumulator> stages = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      stages.put(stage, spark.longAccumulator(STAGE + stage.label()));
    }
    UsedExecutors executors = new UsedExecutors();
    spark.register(executors, EXECUTORS);
    TaskTimes times = new TaskTimes();
    spark.register(times, TIMES);
    return new DetectCounters(spark.longAccumulator(SESSIONS), executors, stages, times);
  }

  /** Seconds by the {@link Stage#label} of each stage, in their order, all tasks together. */
  public Map<String, Double> stageSeconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    stages.forEach((stage, nanos) -> seconds.put(stage.label(), nanos.value() / 1e9));
    return seconds;
  }

  /** When tasks ran and their images were done, so far. */
  public Timeline timeline() {
    return times.value();
  }

  /** Says what this executor computes with. */
  void use(SessionFacts session) {
    BlockManagerId executor = SparkEnv.get().blockManager().blockManagerId();
    executors.add(
        Map.of(
            executor.executorId(),
            new UsedExecutors.Use(
                executor.host(),
                session.provider().label(),
                session.device(),
                session.precision().label(),
                session.runtimeVersion(),
                JpegEngine.fastest().label())));
  }

  void add(StageTimes stageTimes) {
    stageTimes
        .nanos()
        .forEach((stage, nanos) -> Objects.requireNonNull(stages.get(stage)).add(nanos.sum()));
    DetectionMetrics.add(stageTimes);
  }
}
