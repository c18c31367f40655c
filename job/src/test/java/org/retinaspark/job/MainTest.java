package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the shell sees: exit status and messages. */
class MainTest {

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private Path photos;
  private Path model;
  private Path faces;

  @BeforeEach
  void prepare() {
    LocalSpark.session();
    photos = folder.resolve("photos");
    faces = folder.resolve("faces");
    model = Photos.model(folder.resolve("tiny.onnx"));
    Photos.write(photos.resolve("one.png"), 1);
  }

  @Test
  void detectsAndPreviews() throws IOException {
    assertThat(detect()).isEqualTo(ExitStatus.DONE);
    assertThat(output.toString()).contains("1 images, 0 failed").contains("table: ");

    int status =
        run(
            "preview",
            "--detections",
            faces.toString(),
            "--output",
            folder.resolve("page").toString());

    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(Files.readString(folder.resolve("page/index.html")))
        .contains("<rect x=\"20.00\" y=\"20.00\" width=\"32.00\"")
        .contains("data:image/jpeg;base64,")
        .doesNotContain("http");
  }

  /** The shell says the bytes: this JVM may not be able to, if its own locale is no better. */
  @Test
  void refusesArgumentsThatJavaCouldNotRead() throws Exception {
    String script =
        "LC_ALL=C exec \"$0\" -cp \"$1\" org.retinaspark.job.Main preview --detections faces"
            + " --output \"$(printf 'gr\\303\\266\\303\\237e')\"";
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                script,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(ExitStatus.USAGE);
    assertThat(said).contains("could not be read: nothing was done").contains("LC_ALL=C.UTF-8");
  }

  @Test
  void keepsAnExistingOutput() {
    assertThat(detect()).isEqualTo(ExitStatus.DONE);

    assertThat(detect()).isEqualTo(ExitStatus.USAGE);

    assertThat(errors.toString()).contains("exists already").contains("--overwrite");
    assertThat(detect("--overwrite")).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void neverDeletesWhatIsNoTable() throws IOException {
    Files.createDirectories(faces);
    Files.writeString(faces.resolve("thesis.txt"), "precious");

    assertThat(detect("--overwrite")).isEqualTo(ExitStatus.USAGE);

    assertThat(errors.toString()).contains("thesis.txt");
    assertThat(faces.resolve("thesis.txt")).exists();
  }

  @Test
  void refusesAnOutputThatHoldsTheInput() {
    int status =
        run(
            "detect",
            "--overwrite",
            "--input",
            photos.toString(),
            "--output",
            folder.toString(),
            "--model",
            model.toString());

    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("holds the input");
    assertThat(photos.resolve("one.png")).exists();
  }

  @Test
  void refusesAnEmptyFolder() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("empty/notes.txt"), "no image");

    int status =
        run(
            "detect",
            "--input",
            folder.resolve("empty").toString(),
            "--output",
            faces.toString(),
            "--model",
            model.toString());

    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("has no images").contains("1 passed over");
    assertThat(faces).doesNotExist();
  }

  @Test
  void refusesAMissingInputAndAMissingModel() {
    assertThat(
            run(
                "detect",
                "--input",
                folder.resolve("absent").toString(),
                "--output",
                faces.toString(),
                "--model",
                model.toString()))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("absent").contains("no such file or folder");

    assertThat(
            run(
                "detect",
                "--input",
                photos.toString(),
                "--output",
                faces.toString(),
                "--model",
                folder.resolve("absent.onnx").toString()))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("absent.onnx").contains("can't be read");
    assertThat(faces).doesNotExist();
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThat(detect("--score-threshold", "1.5")).isEqualTo(ExitStatus.USAGE);
    assertThat(detect("--nms-threshold", "-1")).isEqualTo(ExitStatus.USAGE);
    assertThat(detect("--top-k", "0")).isEqualTo(ExitStatus.USAGE);
    assertThat(detect("--top-k", "many")).isEqualTo(ExitStatus.USAGE);
    assertThat(detect("--max-failure-rate", "2")).isEqualTo(ExitStatus.USAGE);
    assertThat(detect("--protocol", "pyramids")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString())
        .contains("--score-threshold is 1.5, but must be from 0 to below 1")
        .contains("--nms-threshold is -1.0")
        .contains("--top-k is 0")
        .contains(
            "there is no protocol 'pyramids': choose one of original, vga, mxnet, pyramid, robust,"
                + " custom")
        .doesNotContain("\tat ");
    assertThat(faces).doesNotExist();
  }

  @Test
  void refusesAGpuThatIsNotThereBeforeAnyImageIsRead() {
    assertThat(detect("--provider", "cuda")).isEqualTo(ExitStatus.USAGE);

    assertThat(errors.toString())
        .contains("provider 'cuda' can't be used")
        .contains("--provider auto");
    assertThat(faces).doesNotExist();
  }

  @Test
  void publishesNothingPastTheFailureRate() throws IOException {
    assertThat(detect()).isEqualTo(ExitStatus.DONE);
    List<String> old = names(faces);
    Files.writeString(photos.resolve("broken.jpg"), "no image");

    assertThat(detect("--overwrite", "--max-failure-rate", "0.4")).isEqualTo(ExitStatus.DATA);

    assertThat(errors.toString())
        .contains("1 of 2 images failed {decode/")
        .contains("50.00%, more than the 40.00% of --max-failure-rate: nothing was published")
        .contains("--retry-failed")
        .contains("--resume --max-failure-rate 1")
        .contains("--overwrite");
    assertThat(names(faces)).containsAll(old).contains("_chunks").doesNotContain("_lock");
    assertThat(detect("--resume", "--max-failure-rate", "0.4")).isEqualTo(ExitStatus.DATA);
    assertThat(detect("--resume", "--max-failure-rate", "1")).isEqualTo(ExitStatus.DONE);
    assertThat(names(faces)).doesNotContainAnyElementsOf(partFiles(old)).doesNotContain("_chunks");
    assertThat(detect("--resume", "--max-failure-rate", "0.4")).isEqualTo(ExitStatus.DATA);
    assertThat(output.toString()).contains("2 images, 1 failed");
  }

  @Test
  void doesFailedImagesAgainBeforePublishing() throws IOException {
    Files.writeString(photos.resolve("broken.jpg"), "no image");
    assertThat(detect("--max-failure-rate", "0.4")).isEqualTo(ExitStatus.DATA);
    Photos.write(photos.resolve("broken.jpg"), 1);

    assertThat(detect("--retry-failed", "--max-failure-rate", "0")).isEqualTo(ExitStatus.DONE);

    assertThat(output.toString()).contains("2 images, 0 failed");
  }

  @Test
  void leavesNoChecksumFilesOnALocalDisk() throws IOException {
    assertThat(detect()).isEqualTo(ExitStatus.DONE);
    // As earlier versions left them.
    Files.writeString(faces.resolve("._SUCCESS.crc"), "crc");
    Files.writeString(faces.resolve("._run.json.crc"), "crc");
    Photos.write(photos.resolve("another.png"), 1);

    assertThat(detect("--resume")).isEqualTo(ExitStatus.DONE);

    assertThat(names(faces))
        .contains("_SUCCESS", "_run.json")
        .noneMatch(name -> name.endsWith("crc"));
  }

  @Test
  void faultsOfOursEndWithStatusOneAndKeepTheTable() throws IOException {
    Files.writeString(photos.resolve("broken.jpg"), "no image");
    assertThat(detect()).isEqualTo(ExitStatus.DONE);
    Path marked = folder.resolve("marked");
    LocalSpark.session()
        .read()
        .parquet(faces.toString())
        .withColumn(
            "error",
            functions.when(
                functions.col("error").isNotNull(),
                functions.col("error").withField("code", functions.lit("internal"))))
        .write()
        .parquet(marked.toString());
    Files.copy(faces.resolve("_run.json"), marked.resolve("_run.json"));
    faces = marked;

    assertThat(detect("--resume", "--max-failure-rate", "0")).isEqualTo(ExitStatus.FAULT);

    assertThat(errors.toString())
        .contains("1 images failed by a fault of ours")
        .contains("--retry-failed")
        .contains("50.00% of the images failed");
    assertThat(output.toString()).contains("failed decode/internal: 1");
    assertThat(faces.resolve("_SUCCESS")).exists();
    assertThat(detect("--retry-failed")).as("done again").isEqualTo(ExitStatus.DONE);
  }

  @Test
  void tellsItsOptions() {
    assertThat(run("--help")).isEqualTo(ExitStatus.DONE);
    assertThat(run("detect", "--help")).isEqualTo(ExitStatus.DONE);
    assertThat(output.toString()).contains("--score-threshold").contains("preview");
    assertThat(run()).isEqualTo(ExitStatus.USAGE);
    assertThat(run("detct")).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void groupsTheOptionsOfDetect() {
    assertThat(run("detect", "--help")).isEqualTo(ExitStatus.DONE);

    int headings = 0;
    int options = 0;
    for (String line :
        output.toString().lines().takeWhile(line -> !line.equals("Examples:")).toList()) {
      headings += line.matches("[A-Z][a-z ]+:") ? 1 : 0;
      options += line.matches(" {2,6}-.*") ? 1 : 0;
      assertThat(options == 0 || headings > 0).as("a heading above '%s'", line).isTrue();
    }
    CommandLine detect = new CommandLine(new Main()).getSubcommands().get("detect");
    int declared = Objects.requireNonNull(detect).getCommandSpec().options().size();
    assertThat(options).as("no option is left out").isEqualTo(declared);
    assertThat(headings).isGreaterThan(5);
    assertThat(output.toString())
        .contains("s3a://bucket/photos")
        .contains("spark-submit --master yarn")
        .contains(Size.UNITS.substring(0, 60));
  }

  private int detect(String... more) {
    String[] basic = {
      "detect",
      "--input",
      photos.toString(),
      "--output",
      faces.toString(),
      "--model",
      model.toString(),
      "--progress",
      "none"
    };
    String[] all = java.util.Arrays.copyOf(basic, basic.length + more.length);
    System.arraycopy(more, 0, all, basic.length, more.length);
    return run(all);
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(output, true), new PrintWriter(errors, true), arguments);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static List<String> partFiles(List<String> names) {
    return names.stream().filter(name -> name.startsWith("part-")).toList();
  }
}
