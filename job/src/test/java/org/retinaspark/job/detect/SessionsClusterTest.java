package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.Photos;
import org.retinaspark.udf.spark.DetectionMetrics;
import org.retinaspark.udf.spark.LiveCounts;

/** Executors as processes of their own. Runs in a JVM of its own, since a JVM has one Spark. */
@Tag("cluster")
class SessionsClusterTest {

  @TempDir private Path folder;

  @Test
  void twoExecutorsOfTwoThreadsOpenTwoSessions() throws IOException {
    for (int photo = 0; photo < 64; photo++) {
      Photos.write(folder.resolve("photos/" + photo + ".png"), 1);
    }
    Path model = Photos.model(folder.resolve("tiny.onnx"));
    Concurrency concurrency = new Concurrency();
    try (SparkSession spark = cluster()) {
      spark.sparkContext().addSparkListener(concurrency);
      DetectResult result =
          new DetectAction(
                  spark,
                  DetectConfigs.of(folder.resolve("photos"), folder.resolve("faces"), model),
                  new PrintWriter(Writer.nullWriter()))
              .execute();
      assertThat(result.images()).isEqualTo(64);
      assertThat(result.failures()).isEmpty();
      awaitCounts(64);
    }
    assertThat(concurrency.most).as("tasks at once, by executor").hasSize(2);
    assertThat(concurrency.most.values()).allMatch(tasks -> tasks >= 2);
    JsonNode manifest = new ObjectMapper().readTree(folder.resolve("faces/_run.json").toFile());
    assertThat(manifest.at("/sessions").asInt()).isEqualTo(2);
    assertThat(manifest.at("/executors")).as("what each computed with").hasSize(2);
  }

  /** Executors in other processes tell the driver what they did. */
  private static void awaitCounts(long images) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (LiveCounts.told().images() < images && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(LiveCounts.told().images()).isEqualTo(images);
  }

  private static SparkSession cluster() throws IOException {
    // Spark's launcher of executors asks for this folder, though the classes come by the class
    // path.
    Files.createDirectories(Path.of(Objects.requireNonNull(System.getenv("SPARK_HOME")), "jars"));
    return SparkSession.builder()
        .master("local-cluster[2,2,1024]")
        .appName("retinaspark cluster tests")
        .config("spark.plugins", DetectionMetrics.class.getName())
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.memory", "1g")
        .config("spark.executor.extraClassPath", System.getProperty("surefire.test.class.path"))
        .config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
        .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s")
        .getOrCreate();
  }

  /** The most tasks that each executor ran at once. */
  private static final class Concurrency extends SparkListener {

    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Integer> most = new HashMap<>();

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
      String executor = event.taskInfo().executorId();
      int tasks = running.merge(executor, 1, Integer::sum);
      most.merge(executor, tasks, Math::max);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
      running.merge(event.taskInfo().executorId(), -1, Integer::sum);
    }
  }
}
