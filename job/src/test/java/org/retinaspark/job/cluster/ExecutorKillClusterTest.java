package org.retinaspark.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;

/** An executor dies like on a machine that is taken away: at once, in the middle of its tasks. */
@Tag("cluster")
class ExecutorKillClusterTest {

  private static final int IMAGES = 160;

  @TempDir private Path folder;

  @Test
  void aKilledExecutorLosesNoImageAndDoublesNone() throws IOException {
    Path model = Photos.model(folder.resolve("tiny.onnx"));
    for (int photo = 0; photo < IMAGES; photo++) {
      Photos.write(folder.resolve("photos/%d.png".formatted(photo)), 1 + photo % 3);
    }
    Events events = new Events();
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 2);
        SparkSession spark = session(cluster)) {
      detect(model, "undisturbed");

      spark.sparkContext().addSparkListener(events);
      ProcessHandle victim = cluster.executors(2).get(0);
      CompletableFuture<Void> run = CompletableFuture.runAsync(() -> detect(model, "killed"));
      StandaloneCluster.await("tasks in the middle of the run", events::isUnderWay);
      assertThat(victim.destroyForcibly()).isTrue();
      run.join();

      StandaloneCluster.await("the loss of the executor", () -> events.removed.get() > 0);
      Map<String, Row> undisturbed = rows(spark, "undisturbed");
      Map<String, Row> killed = rows(spark, "killed");
      assertThat(killed).hasSize(IMAGES);
      assertThat(killed.keySet()).isEqualTo(undisturbed.keySet());
      undisturbed.forEach(
          (image, row) ->
              assertThat(Objects.requireNonNull(killed.get(image)).<Object>getAs("faces"))
                  .as(image)
                  .isEqualTo(row.getAs("faces")));
    }
  }

  private void detect(Path model, String output) {
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            "detect",
            "--input",
            folder.resolve("photos").toString(),
            "--output",
            folder.resolve(output).toString(),
            "--model",
            model.toString(),
            "--partition-size",
            "512",
            "--progress",
            "none");
    assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
  }

  private Map<String, Row> rows(SparkSession spark, String table) {
    Map<String, Row> rows = new TreeMap<>();
    for (Row row : spark.read().parquet(folder.resolve(table).toString()).collectAsList()) {
      assertThat(rows.put(row.getAs("image"), row)).as("a second row of an image").isNull();
      assertThat(row.<String>getAs("status")).isEqualTo("ok");
    }
    return rows;
  }

  private static SparkSession session(StandaloneCluster cluster) throws IOException {
    // Spark's launcher of executors asks for this folder, though the classes come by the class
    // path.
    Files.createDirectories(Path.of(Objects.requireNonNull(System.getenv("SPARK_HOME")), "jars"));
    return SparkSession.builder()
        .master(cluster.master())
        .appName("retinaspark kill test")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.memory", "768m")
        .config("spark.executor.extraClassPath", StandaloneCluster.classPath())
        .config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
        .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s")
        .config("spark.cores.max", "2")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  /** How far the run is, and what was lost. */
  private static final class Events extends SparkListener {

    private static final int SOME = 30;

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger removed = new AtomicInteger();

    boolean isUnderWay() {
      return done.get() >= SOME && running.get() > 1;
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
      running.incrementAndGet();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
      running.decrementAndGet();
      done.addAndGet(event.taskInfo().successful() ? 1 : 0);
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
      removed.incrementAndGet();
    }
  }
}
