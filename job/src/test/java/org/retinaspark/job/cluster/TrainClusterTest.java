package org.retinaspark.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.train.TrainWorld;

/** A fit on two workers. Runs in a JVM of its own, where Spark is one after the other. */
@Tag("cluster")
class TrainClusterTest {

  private static final String[] HEADS = {"--heads", "class,box,landmarks", "--partition-size", "1"};

  @TempDir private Path folder;

  @Test
  void twoWorkersGiveTheBytesOfLocalMode() throws IOException {
    TrainWorld world = new TrainWorld(folder);
    try (SparkSession local = local()) {
      assertThat(world.train("local.onnx", HEADS).status()).isZero();
    }
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 2);
        SparkSession spark = session(cluster)) {
      cluster.executors(2);
      TrainWorld.Said said = world.train("cluster.onnx", HEADS);
      assertThat(said.status()).as(said.err()).isZero();
    }
    assertThat(Files.readAllBytes(world.file("cluster.onnx")))
        .isEqualTo(Files.readAllBytes(world.file("local.onnx")));
  }

  private static SparkSession local() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("retinaspark training test")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  private static SparkSession session(StandaloneCluster cluster) throws IOException {
    // Spark's launcher of executors asks for this folder, though the classes come by the class
    // path.
    Files.createDirectories(Path.of(Objects.requireNonNull(System.getenv("SPARK_HOME")), "jars"));
    return SparkSession.builder()
        .master(cluster.master())
        .appName("retinaspark training test")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.memory", "768m")
        .config("spark.executor.extraClassPath", StandaloneCluster.classPath())
        .config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
        .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s")
        .config("spark.cores.max", "2")
        .config("spark.sql.shuffle.partitions", "3")
        .getOrCreate();
  }
}
