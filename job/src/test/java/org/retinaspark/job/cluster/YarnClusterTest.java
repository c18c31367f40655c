package org.retinaspark.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Photos;

/** YARN and HDFS: how a run ends, in both modes. */
@Tag("cluster")
class YarnClusterTest {

  private static final int IMAGES = 12;

  @TempDir private static java.nio.file.Path folder;
  private static YarnCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = YarnCluster.start(folder.resolve("cluster"));
    Photos.model(folder.resolve("tiny.onnx"));
    for (int photo = 0; photo < IMAGES; photo++) {
      Photos.write(folder.resolve("photos/%d.png".formatted(photo)), 1 + photo % 3);
    }
    cluster.files().copyFromLocalFile(path("photos"), new Path("/photos"));
    cluster.files().copyFromLocalFile(path("tiny.onnx"), new Path("/tiny.onnx"));
  }

  private static Path path(String name) {
    return new Path(folder.resolve(name).toString());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aGoodRunInClusterModeSucceedsOnce() throws Exception {
    YarnCluster.Ended ended =
        detect("cluster", "/in-cluster", List.of("--files", model()), "--model", "tiny.onnx");

    ApplicationReport report = newest();
    assertThat(report.getFinalApplicationStatus())
        .as(logs(report))
        .isEqualTo(FinalApplicationStatus.SUCCEEDED);
    assertThat(report.getCurrentApplicationAttemptId().getAttemptId()).isEqualTo(1);
    assertThat(ended.status()).as(ended.text()).isEqualTo(ExitStatus.DONE);
    assertThat(rows("/in-cluster")).hasSize(IMAGES).doesNotHaveDuplicates();
  }

  @Test
  void clientModeEndsWithTheStatusOfTheRun() throws Exception {
    YarnCluster.Ended good =
        detect("client", "/in-client", List.of("--files", model()), "--model", "tiny.onnx");
    assertThat(good.status()).as(good.text()).isEqualTo(ExitStatus.DONE);
    assertThat(rows("/in-client")).hasSize(IMAGES).doesNotHaveDuplicates();

    YarnCluster.Ended again =
        detect("client", "/in-client", List.of("--files", model()), "--model", "tiny.onnx");
    assertThat(again.status()).as(again.text()).isEqualTo(ExitStatus.USAGE);
    assertThat(again.text()).contains("exists already").doesNotContain("\tat ");
  }

  @Test
  void aWrongRunInClusterModeFailsWithItsStatus() throws Exception {
    YarnCluster.Ended ended =
        detect(
            "cluster",
            "/wrong",
            List.of("--conf", "spark.yarn.maxAppAttempts=1"),
            "--model",
            "absent.onnx");

    ApplicationReport report = newest();
    assertThat(report.getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.FAILED);
    assertThat(report.getDiagnostics()).contains("exited with status " + ExitStatus.USAGE);
    assertThat(ended.status()).isNotEqualTo(ExitStatus.DONE);
    assertThat(logs(report))
        .contains("--model 'absent.onnx' is not there")
        .contains("/user/")
        .contains("/" + report.getApplicationId() + "/");
  }

  @Test
  void aSecondAttemptGoesOnWithTheWorkOfALostDriver() throws Exception {
    CompletableFuture<YarnCluster.Ended> run =
        CompletableFuture.supplyAsync(
            () ->
                detect(
                    "cluster",
                    "/resumed",
                    List.of(),
                    "--model",
                    "hdfs:///tiny.onnx",
                    "--checkpoint-images",
                    "1"));
    StandaloneCluster.await("a committed chunk", () -> commits("/resumed") > 1);
    cluster.drivers().forEach(ProcessHandle::destroyForcibly);
    YarnCluster.Ended ended = run.join();

    ApplicationReport report = newest();
    assertThat(report.getFinalApplicationStatus())
        .as(logs(report))
        .isEqualTo(FinalApplicationStatus.SUCCEEDED);
    assertThat(report.getCurrentApplicationAttemptId().getAttemptId()).isEqualTo(2);
    assertThat(ended.status()).isEqualTo(ExitStatus.DONE);
    assertThat(rows("/resumed")).hasSize(IMAGES).doesNotHaveDuplicates();
    JsonNode made;
    try (InputStream in = cluster.files().open(new Path("/resumed/_run.json"))) {
      made = new ObjectMapper().readTree(in);
    }
    assertThat(made.at("/work/unitsBefore").asInt()).isPositive();
    assertThat(made.at("/work/resumed").asInt()).isEqualTo(1);
  }

  private static YarnCluster.Ended detect(
      String mode, String output, List<String> options, String... more) {
    List<String> all = new ArrayList<>(List.of("--deploy-mode", mode));
    all.addAll(options);
    List<String> arguments = new ArrayList<>(List.of("detect", "--input", "hdfs:///photos"));
    arguments.addAll(List.of("--output", "hdfs://" + output, "--progress", "none"));
    arguments.addAll(List.of(more));
    return cluster.submit(all, arguments);
  }

  private static String model() {
    return folder.resolve("tiny.onnx").toString();
  }

  private static long commits(String output) {
    try {
      FileStatus[] commits = cluster.files().globStatus(new Path(output + "/_chunks/0*.json.gz"));
      return commits == null ? 0 : commits.length;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> rows(String output) throws IOException {
    List<String> images = new ArrayList<>();
    for (FileStatus file : cluster.files().globStatus(new Path(output + "/part-*.parquet"))) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), file.getPath())
              .withConf(cluster.files().getConf())
              .build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          images.add(row.getString("image", 0));
        }
      }
    }
    return images;
  }

  private static ApplicationReport newest() throws Exception {
    List<ApplicationReport> reports = cluster.applications();
    return reports.get(reports.size() - 1);
  }

  private static String logs(ApplicationReport report) {
    return cluster.logs(report.getApplicationId().toString());
  }
}
