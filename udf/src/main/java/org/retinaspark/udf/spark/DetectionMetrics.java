package org.retinaspark.udf.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.pipeline.ImageResult;
import org.retinaspark.udf.pipeline.time.Stage;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this executor has done: for Spark's metrics system (Prometheus, JMX, Graphite) images,
 * failed images, faces, and milliseconds by {@link Stage}; for the driver's progress line {@link
 * LiveCounts}. The job puts it into {@code spark.plugins}.
 */
public final class DetectionMetrics implements SparkPlugin {

  private static final Logger LOG = LoggerFactory.getLogger(DetectionMetrics.class);
  private static final long PERIOD = 1000;
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
  public DriverPlugin driverPlugin() {
    return new Receiver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Registration();
  }

  private static final class Receiver implements DriverPlugin {

    @Override
    public Map<String, String> init(SparkContext spark, PluginContext context) {
      LiveCounts.forget();
      return Map.of();
    }

    @Override
    public @Nullable Object receive(Object message) {
      ((LiveCounts.Message) message).take();
      return null;
    }
  }

  private static final class Registration implements ExecutorPlugin {

    private final ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(Registration::daemon);
    private LiveCounts told = new LiveCounts(0, 0, 0);

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
      var unused =
          timer.scheduleWithFixedDelay(() -> tell(context), PERIOD, PERIOD, TimeUnit.MILLISECONDS);
    }

    private void tell(PluginContext context) {
      LiveCounts counts = new LiveCounts(IMAGES.sum(), FAILED.sum(), FACES.sum());
      if (counts.equals(told)) {
        return;
      }
      try {
        context.send(new LiveCounts.Message(context.executorID(), counts));
        told = counts;
      } catch (IOException | RuntimeException unheard) {
        // The next second says it too; without a driver Spark itself ends the executor.
        LOG.debug("the driver was not told the counts", unheard);
      }
    }

    @Override
    public void shutdown() {
      timer.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
      Thread thread = new Thread(work, "retinaspark-counts");
      thread.setDaemon(true);
      return thread;
    }
  }
}
