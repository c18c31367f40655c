package org.retinaspark.job.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.udf.model.TinyModels;

/** What a user gets, and what becomes of what is there. */
class LeaderboardTest {

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private Boards boards;
  private String open;
  private String frozen;

  @BeforeEach
  void prepare() throws IOException {
    boards = Boards.in(folder);
    open = boards.model("open.onnx", TinyModels.pytorchFamily());
    frozen = boards.model("frozen.onnx", TinyModels.pytorchFrozen());
  }

  @Test
  void measuresEachModelUnderEachProtocol() throws IOException {
    int status =
        boards.run("board", "--model", open, "--model", frozen, "--protocol", "original, vga");

    assertThat(status).as(boards.err()).isEqualTo(ExitStatus.DONE);
    assertThat(boards.err())
        .contains("cell 1 of 4: open, original")
        .containsPattern("cell 4 of 4: frozen, vga \\(about \\d+ s to go\\)");
    JsonNode cells = boards.numbers("board").path("cells");
    assertThat(cells).hasSize(4);
    for (int cell : new int[] {0, 1}) {
      assertThat(cells.get(cell).path("protocol").asText()).isEqualTo("original");
      assertThat(cells.get(cell).at("/averagePrecision/all").asDouble())
          .as("five of six faces, and no false one before the fifth")
          .isCloseTo(5 / 6.0, within(1e-9));
      assertThat(cells.get(cell).path("images").asLong()).isEqualTo(3);
      assertThat(cells.get(cell).at("/facesOfGroundTruth/all").asLong()).isEqualTo(6);
      assertThat(cells.get(cell).at("/options/orientation").asText()).isEqualTo("ignore");
      assertThat(cells.get(cell).at("/timing/imagesPerSecond").asDouble()).isPositive();
    }
    String page = boards.page("board");
    assertThat(boards.out()).contains(page).contains("leaderboard: " + boards.path("board"));
    assertThat(page)
        .contains("## Protocol `original`", "## Protocol `vga`")
        .containsPattern(
            "\\| `open` \\| 83\\.33 \\| – \\| [0-9.]+ \\| \\d+ \\| [0-9,]+ \\| unknown")
        .contains("takes [1, 3, 64, 96] as it is; opened as by 'model import'")
        .contains("score above 0.02, IoU of the suppression 0.4, 5000 candidates, 750 faces")
        .contains("`--orientation ignore`")
        .doesNotContain(folder.toString());
    assertThat(folder.resolve("board/tables"))
        .isDirectoryRecursivelyContaining("glob:**/_run.json");
  }

  @Test
  void regeneratedItDiffersInTimingsAlone() throws IOException {
    String[] settings = {"--model", open, "--model", frozen, "--protocol", "original,vga"};

    assertThat(boards.run("one", settings)).isEqualTo(ExitStatus.DONE);
    assertThat(boards.run("two", settings)).isEqualTo(ExitStatus.DONE);

    assertThat(boards.numbersWithoutTiming("two")).isEqualTo(boards.numbersWithoutTiming("one"));
    assertThat(boards.pageWithoutSpeed("two")).isEqualTo(boards.pageWithoutSpeed("one"));
    assertThat(boards.page("one")).isNotEqualTo(boards.pageWithoutSpeed("one"));
  }

  @Test
  void goesOnWithTheCellsThatAreLeft() throws IOException {
    assertThat(boards.run("board", "--model", open)).isEqualTo(ExitStatus.DONE);
    Path done = table("open", "original");
    byte[] run = Files.readAllBytes(done.resolve("_run.json"));

    int status = boards.run("board", "--model", open, "--protocol", "original,vga", "--resume");

    assertThat(status).as(boards.err()).isEqualTo(ExitStatus.DONE);
    assertThat(done.resolve("_run.json")).hasBinaryContent(run);
    assertThat(boards.numbers("board").path("cells"))
        .extracting(cell -> cell.path("state").asText())
        .containsExactly("measured", "measured");
    assertThat(boards.run("board", "--model", open, "--resume", "--score-threshold", "0.5"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(boards.page("board")).contains("--score-threshold was 0.02, is 0.5");
    assertThat(done.resolve("_run.json")).hasBinaryContent(run);
  }

  @Test
  void protocolsWithOptionsAreCalledByThem() throws IOException {
    int status =
        boards.run(
            "board",
            "--model",
            open,
            "--protocol",
            "original",
            "--protocol",
            "custom --short-side 72",
            "--protocol",
            "custom --scales 1,2 --merge vote");

    assertThat(status).as(boards.err()).isEqualTo(ExitStatus.DONE);
    assertThat(boards.page("board"))
        .contains("## Protocol `custom --short-side 72`")
        .contains("## Protocol `custom --scales 1,2 --merge vote`");
    assertThat(boards.run("other", "--protocol", "custom", "--short-side", "72"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(boards.err()).contains("--short-side belongs to one protocol");
    assertThat(boards.run("other", "--orientation", "apply")).isEqualTo(ExitStatus.USAGE);
    assertThat(boards.err()).contains("--orientation is the same for every cell");
    assertThat(boards.run("other", "--colour", "red")).isEqualTo(ExitStatus.USAGE);
    assertThat(boards.err()).contains("Unknown options: '--colour', 'red'");
    assertThat(boards.run("other", "--model", open, "--model", open)).isEqualTo(ExitStatus.USAGE);
    assertThat(boards.err()).contains("is given twice");
    assertThat(boards.run("other", "--protocol", "vgaa")).isEqualTo(ExitStatus.USAGE);
    assertThat(boards.err()).contains("there is no protocol 'vgaa'");
    assertThat(boards.run("other", "--protocol", "vga mxnet")).isEqualTo(ExitStatus.USAGE);
    assertThat(boards.err()).contains("there is no protocol 'vga mxnet'");
    assertThat(boards.run("other", "--protocol", "vga --resume")).isEqualTo(ExitStatus.USAGE);
    assertThat(boards.err()).contains("--resume behind it, which is no option of a protocol");
    assertThat(
            boards.run(
                "other",
                "--protocol",
                "custom --short-side=72 --flip",
                "--protocol",
                "custom --flip --short-side 72"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(boards.err()).contains("are one: nothing was done");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void nothingIsWrittenWhereOneModelIsMissing() {
    assertThat(boards.run("board", "--model", frozen, "--model", "nosuch.onnx"))
        .isEqualTo(ExitStatus.USAGE);

    assertThat(boards.err()).contains("--model 'nosuch.onnx' is not there: nothing was done");
    assertThat(folder.resolve("board")).doesNotExist();
  }

  @Test
  void aModelThatChangedIsAnotherCell() throws IOException {
    assertThat(boards.run("board", "--model", open)).isEqualTo(ExitStatus.DONE);
    Path done = table("open", "original");
    boards.model("open.onnx", TinyModels.scrfdFamily());

    assertThat(boards.run("board", "--model", open, "--resume")).isEqualTo(ExitStatus.DONE);

    assertThat(boards.numbers("board").at("/models/0/family").asText()).isEqualTo("scrfd");
    assertThat(done).exists();
  }

  @Test
  void nothingIsOverwrittenUnasked() throws IOException {
    assertThat(boards.run("board", "--model", open)).isEqualTo(ExitStatus.DONE);
    String page = boards.page("board");
    assertThat(boards.run("board", "--model", open)).isEqualTo(ExitStatus.USAGE);
    assertThat(boards.err()).contains("holds a leaderboard already: nothing was done");
    assertThat(boards.page("board")).isEqualTo(page);
    assertThat(boards.run("board", "--model", open, "--overwrite", "--resume"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(boards.run("board", "--model", open, "--overwrite")).isEqualTo(ExitStatus.DONE);

    Files.createDirectories(folder.resolve("other"));
    Files.writeString(folder.resolve("other/mine.txt"), "mine");
    assertThat(boards.run("other", "--model", open, "--overwrite")).isEqualTo(ExitStatus.USAGE);
    assertThat(boards.err()).contains("so it is no leaderboard: nothing was done");
    assertThat(folder.resolve("other/leaderboard.json")).doesNotExist();
    assertThat(boards.run("photos", "--model", open, "--overwrite")).isEqualTo(ExitStatus.USAGE);
    assertThat(boards.err()).contains("is the input");
  }

  @Test
  void aCellThatCannotBeRunHasItsReasonAndTheOthersAreRun() throws IOException {
    String closed = boards.model("closed.onnx", TinyModels.pytorchClosed());

    int status = boards.run("board", "--model", closed, "--model", open);

    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(boards.err()).contains("1 of 2 cells have no number:");
    JsonNode cells = boards.numbers("board").path("cells");
    assertThat(cells.get(0).path("state").asText()).isEqualTo("failed");
    assertThat(cells.get(1).path("state").asText()).isEqualTo("measured");
    assertThat(boards.page("board"))
        .containsPattern(
            "`closed` \\| – \\|.* no number: protocol 'original' needs .* the model takes")
        .contains("takes [1, 3, 64, 96] as it is; can't be opened: ")
        .containsPattern("`open` \\| 83\\.33");
  }

  @Test
  void tooManyFailedImagesAreTheReasonOfACellAndStatusThree() throws IOException {
    Files.writeString(folder.resolve("photos/e/4.jpg"), "no photo");

    assertThat(boards.run("strict", "--model", open, "--max-failure-rate", "0.1"))
        .isEqualTo(ExitStatus.DATA);
    assertThat(boards.run("lax", "--model", open)).as(boards.err()).isEqualTo(ExitStatus.DONE);

    assertThat(boards.page("strict")).contains("more than the 10.00% of --max-failure-rate");
    assertThat(boards.page("lax")).contains("| 1 images failed |");
    assertThat(boards.run("lax", "--model", open, "--resume", "--max-failure-rate", "0.1"))
        .isEqualTo(ExitStatus.DATA);
    assertThat(boards.page("lax")).contains("more than the 10.00% of --max-failure-rate");
  }

  private Path table(String model, String protocol) throws IOException {
    try (var models = Files.list(folder.resolve("board/tables"))) {
      return models
          .filter(path -> path.toString().endsWith("-" + model))
          .findFirst()
          .orElseThrow()
          .resolve(protocol);
    }
  }
}
