package org.retinaspark.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.UsageException;
import picocli.CommandLine;

/** {@code evaluate --benchmark aflw2000}; {@code aflw_golden.py} made the golden numbers. */
class AflwCommandTest {

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @EnumSource
  void agreesWithTheReferenceInBothLayouts(TableLayout layout) throws IOException {
    AflwWorld world = new AflwWorld();
    world.writeLabels(folder.resolve("labels"));
    world.writeTable(layout, path("table"));

    assertThat(run("--report", path("report"))).as(err.toString()).isEqualTo(ExitStatus.DONE);

    JsonNode report = new ObjectMapper().readTree(folder.resolve("report/metrics.json").toFile());
    Map<String, JsonNode> found = new HashMap<>();
    for (JsonNode metric : report.path("metrics")) {
      found.put(metric.path("name").asText() + " " + metric.path("slice").asText(), metric);
    }
    int golden = 0;
    for (var name : AflwWorld.json("aflw_golden.json").properties()) {
      for (var slice : name.getValue().properties()) {
        String metric = name.getKey() + " " + slice.getKey();
        JsonNode mine = found.getOrDefault(metric, report.path("absent"));
        JsonNode value = slice.getValue().path("value");
        assertThat(mine.path("faces").asInt(-1))
            .as(metric)
            .isEqualTo(slice.getValue().path("faces").asInt());
        assertThat(mine.path("value").isNull()).as(metric).isEqualTo(value.isNull());
        assertThat(mine.path("value").asDouble())
            .as(metric)
            .isCloseTo(value.asDouble(), within(1e-5));
        golden++;
      }
    }
    assertThat(found).hasSize(golden);
    assertThat(report.at("/landmarkErrors/0/cumulative")).hasSize(200);
    assertThat(report.at("/landmarkErrors/0/cumulative/199").asDouble()).isEqualTo(1);
    assertThat(report.path("counts").toString())
        .isEqualTo(
            "{\"labels\":10,\"withoutRow\":1,\"withoutLabel\":1,\"failed\":1,\"found\":7,\"missed\":2}");
    assertThat(out.toString())
        .contains("10 labels, 9 with a row: 7 faces found (6 with 68 points), 2 missed")
        .containsPattern("NME of 68 points +3\\.99 \\(6\\) +4\\.59 \\(2\\)")
        .containsPattern("yaw error by landmarks68 +[0-9.]+ \\([0-9]\\)")
        .contains("warning: labels without a row in the table, which count for nothing: 1, such as")
        .contains("images without a label, which count for nothing: 1, such as unlabelled.png")
        .contains("labelled images that failed, whose faces count as missed: 1");
  }

  @Test
  void whatOnlyWiderFaceHasIsRefused() {
    assertThat(run("--dialect", "python", "--images", "list.txt")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains("--dialect, --images are for --benchmark widerface")
        .contains("nothing was evaluated; leave them away");
    assertThat(run("--split", "val")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("--split is for --benchmark widerface");
    assertThat(command("--benchmark", "lfw", "--detections", "a", "--ground-truth", "b"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains("--benchmark 'lfw' is unknown; it may be widerface, aflw2000");
  }

  @Test
  void aTableOfOtherImagesIsNoResult() throws IOException {
    new AflwWorld().writeLabels(folder.resolve("labels"));
    new SmallTable().image("e/a.jpg", SmallTable.face(0.9f, 1, 2, 3, 4)).write(path("table"));
    assertThat(run()).isEqualTo(ExitStatus.DATA);
    assertThat(err.toString())
        .contains("none of the 10 labels has a row among the table's images, such as e/a.jpg");
  }

  @Test
  void twoImagesOfOneNameAndTablesWithoutPointsAreTold() throws IOException {
    new AflwWorld().writeLabels(folder.resolve("labels"));
    new SmallTable()
        .image("image00001.jpg", SmallTable.face(0.9f, 100, 100, 350, 350))
        .write(path("table"));
    assertThat(run()).as(err.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString())
        .contains("the table has no 68 points of a labelled face")
        .contains("run 'detect' with --mesh-model");
    new SmallTable().image("a/image00001.jpg").image("b/image00001.jpg").write(path("twice"));
    assertThat(
            command(
                "--benchmark",
                "aflw2000",
                "--detections",
                path("twice"),
                "--ground-truth",
                path("labels")))
        .isEqualTo(ExitStatus.DATA);
    assertThat(err.toString())
        .contains("the table has several images of the names image00001")
        .contains("nothing was evaluated");
  }

  @Test
  void labelsAndTablesThatArentThereAreTold() throws IOException {
    Files.createDirectories(folder.resolve("labels"));
    assertThat(run()).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains(path("table"));
    new SmallTable().image("image00001.jpg").write(path("table"));
    assertThat(run()).isEqualTo(ExitStatus.DATA);
    assertThat(err.toString()).contains("has no file NAME.mat");
    Files.delete(folder.resolve("labels"));
    assertThat(run()).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("nothing was evaluated, check the path");
  }

  @Test
  void aReportOfWiderFaceIsNotHalfReplaced() throws IOException {
    Files.createDirectories(folder.resolve("report"));
    for (String part : List.of("metrics.json", "index.html")) {
      Files.writeString(folder.resolve("report").resolve(part), "{}");
    }
    assertThat(run("--report", path("report"), "--overwrite")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("has index.html, which the report of aflw2000 doesn't");
  }

  private int run(String... more) {
    String[] all = new String[more.length + 6];
    List<String> given =
        List.of(
            "--benchmark",
            "aflw2000",
            "--detections",
            path("table"),
            "--ground-truth",
            path("labels"));
    given.toArray(all);
    System.arraycopy(more, 0, all, given.size(), more.length);
    return command(all);
  }

  private int command(String... arguments) {
    LocalSpark.session();
    return new CommandLine(new EvaluateCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(failure);
              return failure instanceof UsageException
                      || failure instanceof org.retinaspark.io.UnusableLocationException
                  ? ExitStatus.USAGE
                  : ExitStatus.FAULT;
            })
        .execute(arguments);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
