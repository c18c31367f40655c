package org.retinaspark.udf.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.pipeline.ImageResult;
import org.retinaspark.udf.pipeline.Stage;
import org.retinaspark.udf.pipeline.StageTimes;

/**
 * What this executor has done, for Spark's metrics system (Prometheus, JMX, Graphite): images,
 * failed images, faces, and milliseconds by {@link Stage}. On with {@code --conf
 * spark.plugins=org.retinaspark.udf.spark.DetectionMetrics}.
 */
public final class DetectionMetrics implements SparkPlugin {

  private static final LongAdder IMAGES = new LongAdder();
  private static final LongAdder FAILED = new LongAdder();
  private static final LongAdder FACES = new LongAdder();
  private static final StageTimes TIMES = new StageTimes();

  /** Adds what a task has measured, at its end. */
  static void add(StageTimes task) {
    task.nanos().forEach((stage, nanos) -> TIMES.add(stage, nanos.sum()));
  }

  static void count(ImageResult result) {
    IMAGES.increment();
    FAILED.add(result.failure() == null ? 0 : 1);
    FACES.add(result.faces().size());
  }

  @Override
  public @Nullable DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Registration();
  }

  private static final class Registration implements ExecutorPlugin {

    @Override
    public void init(PluginContext context, Map<String, String> extra) {
      MetricRegistry registry = context.metricRegistry();
      registry.register("images", (Gauge<Long>) IMAGES::sum);
      registry.register("failed", (Gauge<Long>) FAILED::sum);
      registry.register("faces", (Gauge<Long>) FACES::sum);
      TIMES
          .nanos()
          .forEach(
              (stage, nanos) ->
                  registry.register(
                      stage.name().toLowerCase(Locale.ROOT) + "_milliseconds",
                      (Gauge<Long>) () -> nanos.sum() / 1_000_000));
    }
  }
}
