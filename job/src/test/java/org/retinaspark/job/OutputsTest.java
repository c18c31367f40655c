package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No command writes over what it reads, and each says at once when it can't write. */
final class OutputsTest {

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private Path photos;
  private Path faces;
  private Path model;

  @BeforeEach
  void prepare() throws IOException {
    LocalSpark.session();
    photos = folder.resolve("photos/d1");
    faces = folder.resolve("faces");
    model = Photos.model(folder.resolve("tiny.onnx"));
    Photos.write(photos.resolve("part-1.png"), 1);
    Photos.write(folder.resolve("photos/d2/part-2.png"), 1);
  }

  @Test
  void detectNeverTakesItsOutputFromItsInput() throws IOException {
    Path alias = Files.createSymbolicLink(folder.resolve("alias"), photos);
    Path list = folder.resolve("list.csv");
    Files.writeString(list, "path\n" + alias.resolve("part-1.png") + "\n");
    Map<Path, String> before = contents();
    for (String input :
        List.of(
            folder + "/photos/d*/*.png",
            folder + "/photos/*",
            folder.resolve("photos").toString(),
            photos.toString(),
            alias.toString(),
            folder + "/alias/*.png",
            folder + "//photos/d2/../d1",
            "FILE:" + photos,
            list.toString())) {
      assertThat(detect(input, photos, "--overwrite")).as(input).isEqualTo(ExitStatus.USAGE);
      assertThat(detect(input, alias, "--resume")).as(input).isEqualTo(ExitStatus.USAGE);
    }
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void filesOfTheTableThatAreListedEndTheRun() throws IOException {
    assertThat(detect(photos.toString(), faces)).isEqualTo(ExitStatus.DONE);
    Path tables = Files.createDirectories(folder.resolve("tables"));
    Files.createSymbolicLink(tables.resolve("link"), faces);
    Map<Path, String> before = contents();

    // The folder above is no place of the output; what is found below it is.
    assertThat(detect(tables.toString(), faces, "--overwrite", "--input-format", "parquet"))
        .isEqualTo(ExitStatus.USAGE);

    assertThat(errors.toString()).contains("holds the input").contains("nothing was done");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void pagesAndExportsStayOutOfTheTableAndThePhotos() throws IOException {
    assertThat(detect(photos.toString(), faces)).isEqualTo(ExitStatus.DONE);
    Path alias = Files.createSymbolicLink(folder.resolve("alias"), faces);
    Map<Path, String> before = contents();
    for (Path table : List.of(faces, alias, faces.resolve("page"))) {
      assertThat(run("preview", "--detections", "" + faces, "--output", "" + table, "--overwrite"))
          .isEqualTo(ExitStatus.USAGE);
      assertThat(run("crop", "--detections", "" + faces, "--output", "" + table, "--overwrite"))
          .isEqualTo(ExitStatus.USAGE);
      for (String format : List.of("coco", "widerface")) {
        assertThat(export(format, table.resolve("x.json"))).isEqualTo(ExitStatus.USAGE);
      }
    }
    assertThat(
            run(
                "preview",
                "--detections",
                "" + faces,
                "--input",
                "" + photos,
                "--output",
                photos + "/../d1/"))
        .isEqualTo(ExitStatus.USAGE);
    for (String more : List.of("--overwrite", "--limit=1")) {
      assertThat(run("crop", "--detections", "" + faces, "--output", "" + photos, more))
          .isEqualTo(ExitStatus.USAGE);
    }
    for (Path target : List.of(model, Files.createSymbolicLink(folder.resolve("m"), model))) {
      assertThat(run("model", "import", "" + model, "-o", "" + target, "--overwrite"))
          .isEqualTo(ExitStatus.USAGE);
    }
    Files.delete(folder.resolve("m"));
    assertThat(contents()).isEqualTo(before);
  }

  /** A link of the page's name is replaced, and not what it leads to. */
  @Test
  void pageReplacesALinkAndNotAPhoto() throws IOException {
    assertThat(detect(photos.toString(), faces)).isEqualTo(ExitStatus.DONE);
    Path page = Files.createDirectory(folder.resolve("page")).resolve("index.html");
    Files.createSymbolicLink(page, photos.resolve("part-1.png"));
    byte[] photo = Files.readAllBytes(photos.resolve("part-1.png"));

    assertThat(run("preview", "--detections", "" + faces, "--output", folder + "/page"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(
            run("preview", "--detections", "" + faces, "--output", folder + "/page", "--overwrite"))
        .isEqualTo(ExitStatus.DONE);

    assertThat(photos.resolve("part-1.png")).hasBinaryContent(photo);
    assertThat(page).content().contains("data:image/jpeg;base64,");
  }

  @Test
  void whatCannotBeWrittenIsToldBeforeAnyWorkAndOnce() throws IOException {
    assertThat(detect(photos.toString(), faces)).isEqualTo(ExitStatus.DONE);
    Path file = Files.writeString(folder.resolve("file"), "a file");
    for (Path place : List.of(file.resolve("x"), Path.of("/proc/x"))) {
      for (String[] command :
          new String[][] {
            {"detect", "--input", "" + photos, "--output", "" + place, "--model", "" + model},
            {"preview", "--detections", "" + faces, "--output", "" + place},
            {"crop", "--detections", "" + faces, "--output", "" + place, "--overwrite"},
            {"export", "--detections", "" + faces, "--format", "coco", "--output", place + "/x"},
            {"export", "--detections", "" + faces, "--format", "widerface", "--output", "" + place},
            {"model", "import", "" + model, "-o", place + "/x.onnx"}
          }) {
        errors.getBuffer().setLength(0);
        assertThat(run(command)).as(Arrays.toString(command)).isEqualTo(ExitStatus.USAGE);
        assertThat(errors.toString().lines())
            .as(Arrays.toString(command))
            .singleElement()
            .asString()
            .matches("retinaspark: (output )?'.*' can't be (written|used) \\(.*");
      }
    }
    assertThat(file).hasContent("a file");
  }

  @Test
  void nothingThatIsWrittenHasChecksumFiles() throws IOException {
    assertThat(detect(photos.toString(), faces)).isEqualTo(ExitStatus.DONE);
    assertThat(export("coco", folder.resolve("coco.json"))).isEqualTo(ExitStatus.DONE);
    assertThat(export("widerface", folder.resolve("wider"))).isEqualTo(ExitStatus.DONE);
    assertThat(run("preview", "--detections", "" + faces, "--output", folder + "/page"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(run("crop", "--detections", "" + faces, "--output", folder + "/crops"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(contents().keySet())
        .noneMatch(file -> file.toString().endsWith(".crc"))
        .noneMatch(file -> file.getFileName().toString().matches("_(probe|draft|parts).*"));
    assertThat(folder.resolve("crops/_lock")).doesNotExist();
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file, Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  private int export(String format, Path target) {
    return run(
        "export",
        "--detections",
        "" + faces,
        "--format",
        format,
        "--output",
        "" + target,
        "--overwrite");
  }

  private int detect(String input, Path target, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "detect",
                "--input",
                input,
                "--output",
                "" + target,
                "--model",
                "" + model,
                "--progress",
                "none"));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(output, true), new PrintWriter(errors, true), arguments);
  }
}
