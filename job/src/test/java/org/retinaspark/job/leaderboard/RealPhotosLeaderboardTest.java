package org.retinaspark.job.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.SharedData;

/** Real photos, weights and ground truth, of an event of WIDER FACE. */
class RealPhotosLeaderboardTest {

  private static final String EVENT = "0--Parade/";

  @TempDir private Path folder;

  @Test
  void figuresAreThoseOfEvaluateAndStandBesideThePublishedOnesOfTheirProtocol() throws IOException {
    LocalSpark.session();
    Path subset = SharedData.require("widerface/val_subset");
    Path truth = SharedData.require("widerface/ground_truth");
    Path list = folder.resolve("list.txt");
    List<String> photos =
        Files.readAllLines(subset.resolve("images.txt")).stream()
            .filter(photo -> photo.startsWith(EVENT))
            .toList();
    Files.write(list, photos);
    Path board = folder.resolve("board");

    assertThat(
            run(
                "leaderboard",
                "--input",
                subset.resolve("images").toString(),
                "--pattern",
                EVENT + "*",
                "--images",
                list.toString(),
                "--ground-truth",
                truth.toString(),
                "--model",
                SharedData.require("models/retinaface_mnet025_dynamic.onnx").toString(),
                "--protocol",
                "original,vga",
                "--output",
                board.toString(),
                "--progress",
                "none"))
        .isEqualTo(ExitStatus.DONE);

    JsonNode cells =
        new ObjectMapper().readTree(board.resolve("leaderboard.json").toFile()).path("cells");
    assertThat(cells.at("/0/published/hard").asDouble()).isEqualTo(73.82);
    assertThat(cells.at("/1/published").isNull()).isTrue();
    for (JsonNode cell : cells) {
      assertThat(cell.path("images").asInt()).isEqualTo(photos.size());
      assertThat(cell.at("/averagePrecision/hard").asDouble())
          .isPositive()
          .isEqualTo(evaluated(board.resolve(cell.path("table").asText()), truth, list));
    }
    assertThat(cells.at("/0/averagePrecision/hard").asDouble())
        .as("small faces are lost where photos are made smaller")
        .isGreaterThan(cells.at("/1/averagePrecision/hard").asDouble());
  }

  private double evaluated(Path table, Path truth, Path list) throws IOException {
    Path report = folder.resolve("report-" + table.getFileName());
    assertThat(
            run(
                "evaluate",
                "--detections",
                table.toString(),
                "--ground-truth",
                truth.toString(),
                "--images",
                list.toString(),
                "--report",
                report.toString()))
        .isEqualTo(ExitStatus.DONE);
    JsonNode metrics = new ObjectMapper().readTree(report.resolve("metrics.json").toFile());
    for (JsonNode metric : metrics.path("metrics")) {
      if (metric.path("name").asText().equals("ap")
          && metric.path("dimension").asText().equals("all")
          && metric.path("subset").asText().equals("hard")) {
        return metric.path("value").asDouble();
      }
    }
    throw new AssertionError("no AP of the hard faces in " + metrics);
  }

  private static int run(String... arguments) {
    StringWriter errors = new StringWriter();
    int status =
        Main.run(new PrintWriter(new StringWriter()), new PrintWriter(errors, true), arguments);
    assertThat(errors.toString()).doesNotContain("retinaspark:");
    return status;
  }
}
