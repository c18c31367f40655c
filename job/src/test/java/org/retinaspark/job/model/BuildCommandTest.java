package org.retinaspark.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Main;

class BuildCommandTest {

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void writesANetworkThatDetectTakes() {
    assertThat(build("--random", "7")).isEqualTo(ExitStatus.DONE);
    assertThat(output.toString())
        .contains("mobilenet-0.25, 3 levels of 64 channels")
        .contains("423,264 parameters")
        .contains("built.onnx: pytorch, input float [any, 3, any, any]")
        .contains("outputs boxes, classes, landmarks");
    assertThat(run("model", "inspect", "" + built())).isEqualTo(ExitStatus.DONE);
    assertThat(output.toString())
        .contains("family         pytorch (by the file's metadata)")
        .contains("any height and width")
        .contains("any number of images in a run")
        .contains("metadata       retinaspark.weights = random, seed 7");
  }

  @Test
  void foldsPreprocessing() {
    assertThat(build("--random", "7", "--fold-preprocessing")).isEqualTo(ExitStatus.DONE);
    assertThat(output.toString()).contains("input uint8 [any, any, any, 3]");
  }

  @Test
  void overwritesNothingUnasked() throws IOException {
    Files.writeString(built(), "mine");
    assertThat(build("--random", "7")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("exists already: nothing was done", "--overwrite");
    assertThat(built()).hasContent("mine");
    assertThat(build("--random", "7", "--overwrite")).isEqualTo(ExitStatus.DONE);
    assertThat(Files.size(built())).isGreaterThan(1_000_000);
  }

  @Test
  void refusesWhatIsNoFileOfWeights() throws IOException {
    Path text = Files.writeString(folder.resolve("weights.pth"), "hello");
    assertThat(build("--weights", "" + text)).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString())
        .contains("weights 'weights.pth' can't be used: it is neither a PyTorch file")
        .contains("nothing was written");
    assertThat(build("--weights", "" + folder.resolve("none.pth"))).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("none.pth' can't be read");
    assertThat(onlyTheTextIsThere()).isTrue();
  }

  @Test
  void neverWritesOverTheWeights() throws IOException {
    Path weights = Files.writeString(folder.resolve("built.onnx"), "weights");
    assertThat(build("--weights", "" + weights, "--overwrite")).isEqualTo(ExitStatus.USAGE);
    assertThat(weights).hasContent("weights");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--architecture resnet | --architecture 'resnet' is not known: nothing was done",
        "--backbone vgg | --backbone 'vgg' is not known: nothing was done. Give one of"
            + " mobilenet-0.25, resnet-50, resnet-152",
        "--stages 3 | 3 stages: a cascade has 1 or 2",
        "--mesh 68 | mesh '68' is not NAME:VERTICES",
        "--mesh a:100000:300000 | meshes of 90115200000 numbers",
        "--pyramid four | 'four'",
        "--weights x.pth | mutually exclusive"
      })
  void saysWhatIsWrongWithTheNetwork(String options, String fault) {
    List<String> all = new ArrayList<>(List.of("--random", "7"));
    all.addAll(List.of(options.split(" ", -1)));
    assertThat(build(all.toArray(String[]::new))).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains(fault);
    assertThat(built()).doesNotExist();
  }

  @Test
  void needsWeights() {
    assertThat(build()).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("--weights=FILE | --random=SEED");
  }

  private boolean onlyTheTextIsThere() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .toList()
          .equals(List.of("weights.pth"));
    }
  }

  private Path built() {
    return folder.resolve("built.onnx");
  }

  private int build(String... options) {
    List<String> all = new ArrayList<>(List.of("model", "build", "-o", "" + built()));
    all.addAll(List.of(options));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(output, true), new PrintWriter(errors, true), arguments);
  }
}
