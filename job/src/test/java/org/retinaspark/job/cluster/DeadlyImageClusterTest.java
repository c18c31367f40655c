package org.retinaspark.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;

/** An image that ends every executor that looks at it, as a crash in native code does. */
@Tag("cluster")
class DeadlyImageClusterTest {

  private static final int IMAGES = 24;

  @TempDir private Path folder;

  @Test
  void becomesAFailedRowAfterTwoDeaths() throws IOException {
    prepare("0012-kills.png");
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 2);
        SparkSession spark = session(cluster, 4)) {
      StringWriter err = new StringWriter();
      assertThat(detect(err)).as(err.toString()).isEqualTo(ExitStatus.DONE);

      requireOneFailed(spark, "0012-kills.png");
    }
  }

  @Test
  void becomesAFailedRowWhenARunThatItEndedIsResumed() throws IOException {
    prepare("0012-kills.png");
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 2);
        SparkSession spark = session(cluster, 2)) {
      StringWriter err = new StringWriter();
      assertThat(detect(err)).isEqualTo(ExitStatus.FAULT);

      assertThat(detect(err, "--resume")).as(err.toString()).isEqualTo(ExitStatus.DONE);

      requireOneFailed(spark, "0012-kills.png");
    }
  }

  private void requireOneFailed(SparkSession spark, String deadly) {
    List<Row> rows = spark.read().parquet(folder.resolve("faces").toString()).collectAsList();
    assertThat(rows).hasSize(IMAGES);
    for (Row row : rows) {
      boolean killed = row.<String>getAs("image").equals(deadly);
      assertThat(row.<String>getAs("status")).isEqualTo(killed ? "failed" : "ok");
      if (killed) {
        assertThat(row.<Row>getAs("error").<String>getAs("stage")).isEqualTo("infer");
        assertThat(row.<Row>getAs("error").<String>getAs("code")).isEqualTo("killed_executor");
      }
    }
  }

  private void prepare(String deadly) throws IOException {
    Photos.model(folder.resolve("tiny.onnx"));
    for (int photo = 0; photo < IMAGES - 1; photo++) {
      Photos.write(folder.resolve("photos/%04d.png".formatted(photo)), 1 + photo % 3);
    }
    Photos.write(folder.resolve("photos").resolve(deadly), 1);
  }

  private int detect(StringWriter err, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "detect",
                "--input",
                DeadlyFileSystem.SCHEME + "://" + folder.resolve("photos"),
                "--output",
                folder.resolve("faces").toString(),
                "--model",
                folder.resolve("tiny.onnx").toString(),
                "--max-failure-rate",
                "1",
                "--progress",
                "none"));
    arguments.addAll(List.of(more));
    return Main.run(
        new PrintWriter(new StringWriter()),
        new PrintWriter(err, true),
        arguments.toArray(String[]::new));
  }

  private static SparkSession session(StandaloneCluster cluster, int attempts) throws IOException {
    // Spark's launcher of executors asks for this folder, though the classes come by the class
    // path.
    Files.createDirectories(Path.of(Objects.requireNonNull(System.getenv("SPARK_HOME")), "jars"));
    return SparkSession.builder()
        .master(cluster.master())
        .appName("retinaspark deadly image test")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.memory", "768m")
        .config("spark.executor.extraClassPath", StandaloneCluster.classPath())
        .config("spark.task.maxFailures", String.valueOf(attempts))
        .config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
        .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s")
        .config("spark.cores.max", "2")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.hadoop.fs.deadly.impl", DeadlyFileSystem.class.getName())
        .getOrCreate();
  }
}
