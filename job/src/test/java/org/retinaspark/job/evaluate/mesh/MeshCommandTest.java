package org.retinaspark.job.evaluate.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.evaluate.EvaluateCommand;
import picocli.CommandLine;

/** {@code evaluate --benchmark mesh}; {@code mesh_golden.py} made the golden numbers. */
class MeshCommandTest {

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void agreesWithTheReferenceAcrossLayouts() throws IOException {
    MeshWorld.write("reference", TableLayout.IMAGES, path("reference"));
    MeshWorld.write("found", TableLayout.FACES, path("table"));

    assertThat(run("--min-face", "24", "--report", path("report")))
        .as(err.toString())
        .isEqualTo(ExitStatus.DONE);

    JsonNode report = new ObjectMapper().readTree(folder.resolve("report/metrics.json").toFile());
    Map<String, JsonNode> found = new HashMap<>();
    for (JsonNode metric : report.path("metrics")) {
      found.put(
          String.join(
              " ",
              metric.path("subset").asText(),
              metric.path("dimension").asText(),
              metric.path("slice").asText(),
              metric.path("name").asText()),
          metric);
    }
    int golden = 0;
    for (var number : MeshWorld.json("mesh_golden.json").properties()) {
      JsonNode mine = found.getOrDefault(number.getKey(), report.path("absent"));
      assertThat(mine.path("faces").asInt(-1))
          .as(number.getKey())
          .isEqualTo(number.getValue().path("faces").asInt());
      assertThat(mine.path("value").asDouble())
          .as(number.getKey())
          .isCloseTo(number.getValue().path("value").asDouble(), within(1e-6));
      golden++;
    }
    assertThat(found.keySet().stream().filter(name -> !name.endsWith("median"))).hasSize(golden);
    JsonNode counts = report.path("counts");
    assertThat(counts.path("withoutRow").asInt()).isEqualTo(1);
    assertThat(counts.path("withoutReference").asInt()).isEqualTo(1);
    assertThat(counts.path("failed").asInt()).isEqualTo(1);
    assertThat(counts.path("faces").asInt())
        .isEqualTo(
            counts.path("measured").asInt()
                + counts.path("missed").asInt()
                + counts.path("withoutMesh").asInt());
    assertThat(report.at("/vertexErrors/0/cumulative")).hasSize(200);
    assertThat(out.toString())
        .contains("meshes, Ring12, protocol unknown")
        .contains("warning: images that the reference lacks, which count for nothing: 1");
    assertThat(folder.resolve("report/index.html"))
        .content()
        .contains("<svg", "five points, mean ", "Ring12");
  }

  @Test
  void aTableBesideItselfHasNoError() throws IOException {
    MeshWorld.write("reference", TableLayout.IMAGES, path("reference"));
    MeshWorld.write("reference", TableLayout.IMAGES, path("table"));
    assertThat(run()).as(err.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString())
        .containsPattern("points by box, table +0\\.00 +0\\.00 +100\\.00 +100\\.00 +100\\.00")
        .containsPattern("depth by box, table +0\\.00 +0\\.00 +100\\.00 +100\\.00 +100\\.00")
        .contains(" 0 missed, 0 without a mesh");
  }

  @Test
  void tablesOfTwoTopologiesAreComparedOverThe68PointsIfBothHaveThem() {
    MeshWorld.write(
        List.of(MeshWorld.image("a.jpg", face("Ring4", 4, true))),
        TableLayout.IMAGES,
        path("reference"));
    MeshWorld.write(
        List.of(MeshWorld.image("a.jpg", face("Ring5", 5, true))),
        TableLayout.IMAGES,
        path("table"));
    assertThat(run()).as(err.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString())
        .contains("meshes, 68 points")
        .containsPattern("points by eyes, table +0\\.00")
        .doesNotContain("depth by")
        .contains("warning: the meshes of the two tables aren't of one topology");

    MeshWorld.write(
        List.of(MeshWorld.image("a.jpg", face("Ring5", 5, false))),
        TableLayout.IMAGES,
        path("other"));
    assertThat(
            command(
                "--benchmark",
                "mesh",
                "--detections",
                path("other"),
                "--reference",
                path("reference")))
        .isEqualTo(ExitStatus.DATA);
    assertThat(err.toString())
        .contains("the reference has meshes Ring4 of 4 vertices and 68 points")
        .contains("the table has meshes Ring5 of 5 vertices and no 68 points")
        .contains("nothing was evaluated");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThat(command("--benchmark", "mesh", "--detections", "a")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("no --reference is given: nothing was evaluated");
    assertThat(run("--ground-truth", "b")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains("--ground-truth is for --benchmark widerface and aflw2000")
        .contains("nothing of the kind on mesh");
    assertThat(run("--dialect", "python")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("--dialect is for --benchmark widerface");
    assertThat(run("--min-face", "-1")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("--min-face is -1.0, and must be a number of pixels");
    assertThat(command("--detections", "a", "--ground-truth", "b", "--reference", "c"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("--reference is for --benchmark mesh");
    assertThat(command("--detections", "a")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("--ground-truth is missing");
  }

  @Test
  void errorsOfNothingAreNoResult() {
    MeshWorld.write(
        List.of(MeshWorld.image("a.jpg", face("Ring4", 4, true))),
        TableLayout.IMAGES,
        path("reference"));
    MeshWorld.write(
        List.of(MeshWorld.image("b.jpg", face("Ring4", 4, true))),
        TableLayout.IMAGES,
        path("table"));
    assertThat(run("--min-face", "1000")).isEqualTo(ExitStatus.DATA);
    assertThat(err.toString()).contains("the reference has no face that counts");
    assertThat(run()).isEqualTo(ExitStatus.DATA);
    assertThat(err.toString()).contains("none of the reference's 1 images has a row in the table");
    MeshWorld.write(
        List.of(
            MeshWorld.image("a.jpg", face("Ring4", 4, true)),
            MeshWorld.image("a.jpg", face("Ring4", 4, true))),
        TableLayout.IMAGES,
        path("twice"));
    assertThat(
            command(
                "--benchmark",
                "mesh",
                "--detections",
                path("twice"),
                "--reference",
                path("reference")))
        .isEqualTo(ExitStatus.DATA);
    assertThat(err.toString()).contains("several rows for the images a.jpg");
  }

  @Test
  void aReportOfWiderFaceIsNotHalfReplaced() throws IOException {
    Files.createDirectories(folder.resolve("report/metrics.parquet"));
    Files.writeString(folder.resolve("report/metrics.json"), "{}");
    assertThat(run("--report", path("report"), "--overwrite")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains("has metrics.parquet, which the report of mesh doesn't replace");
  }

  /** A face of 100 pixels whose points lie on a circle in it. */
  private static FaceArrays face(String topology, int vertices, boolean with68) {
    List<float[]> points = new ArrayList<>();
    points.add(with68 ? circle(68, 2) : new float[0]);
    return new FaceArrays(
        new float[] {0.9f},
        new float[] {0, 0, 100, 100},
        new float[] {30, 40, 70, 40, 50, 60, 35, 80, 65, 80},
        new FaceArrays.Mesh(topology, List.of(circle(vertices, 3)), new float[] {0.9f}),
        points,
        List.of(),
        List.of());
  }

  private static float[] circle(int points, int axes) {
    float[] circle = new float[points * axes];
    for (int point = 0; point < points; point++) {
      circle[point * axes] = (float) (50 + 40 * Math.cos(point));
      circle[point * axes + 1] = (float) (50 + 40 * Math.sin(point));
    }
    return circle;
  }

  private int run(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--benchmark",
                "mesh",
                "--detections",
                path("table"),
                "--reference",
                path("reference")));
    all.addAll(List.of(more));
    return command(all.toArray(String[]::new));
  }

  private int command(String... arguments) {
    LocalSpark.session();
    return new CommandLine(new EvaluateCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(failure);
              return failure instanceof UsageException ? ExitStatus.USAGE : ExitStatus.FAULT;
            })
        .execute(arguments);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
