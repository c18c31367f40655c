package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;

/** From the command line: photos of any name are rows, the rest is counted where people look. */
class OddInputsTest {

  @TempDir private Path folder;
  private Path photos;
  private final StringWriter said = new StringWriter();

  @BeforeEach
  void prepare() {
    LocalSpark.session();
    photos = folder.resolve("photos");
    Photos.model(folder.resolve("tiny.onnx"));
  }

  @Test
  void photosOfAnyNameAreRowsAndTheRestIsCounted() throws IOException {
    photo("_MG_0001.PNG");
    photo("12:30.png");
    photo("a:b/id:000,src:1\n.png");
    photo("_temporary/0/half.png");
    Files.createSymbolicLink(photos.resolve("loop"), Path.of("."));
    Files.createSymbolicLink(photos.resolve("lost.jpg"), Path.of("nowhere"));
    Files.writeString(photos.resolve("notes.txt"), "none");
    Files.writeString(photos.resolve("._MG_0001.jpg"), "none");

    assertThat(detect(photos.toString())).isEqualTo(ExitStatus.DONE);

    Map<String, String> rows = rows();
    assertThat(rows)
        .containsOnlyKeys("_MG_0001.PNG", "12:30.png", "a:b/id:000,src:1\n.png", "lost.jpg");
    assertThat(rows.remove("lost.jpg")).isEqualTo("not_found");
    assertThat(rows.values()).containsOnly("ok");
    assertThat(counts().path("passedOver"))
        .hasToString("{\"ending\":1,\"linked_folder\":1,\"system\":1,\"table\":1}");

    assertThat(run("preview", "--detections", at("faces"), "--output", at("page")))
        .isEqualTo(ExitStatus.DONE);
    assertThat(Files.readString(folder.resolve("page/index.html")))
        .contains("4 files of the input got no row: ending 1, linked_folder 1, system 1, table 1")
        .contains("12:30.png</strong> 96 x 72")
        .doesNotContain("not shown");
  }

  @Test
  void membersAreCountedByTheSameRule() throws IOException {
    photo("_one.png");
    Path archive = folder.resolve("photos.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (String name : List.of("_a.png", "__MACOSX/._a.png", "_SUCCESS", "b.json")) {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(photos.resolve("_one.png"), zip);
        zip.closeEntry();
      }
    }

    assertThat(detect(archive.toString())).isEqualTo(ExitStatus.DONE);

    assertThat(rows()).isEqualTo(Map.of("photos.zip/_a.png", "ok"));
    assertThat(counts().path("membersPassedOver"))
        .hasToString("{\"ending\":1,\"system\":1,\"table\":1}");
  }

  @ParameterizedTest
  @CsvSource({
    "--any-name, '', 'a.png,b,c/d.dat,notes.txt'",
    "--extensions, any, 'a.png,b,c/d.dat,notes.txt'",
    "--extensions, 'dat,.PNG', 'a.png,c/d.dat'",
    "--pattern, 'c/*', 'c/d.dat'",
    "--pattern, '*.{png,dat}', 'a.png,c/d.dat'",
    "--input-format, files, 'a.png'"
  })
  void contentCountsWhereEndingsDoNot(String option, String value, String keys) throws IOException {
    for (String name : List.of("a.png", "b", "c/d.dat", "notes.txt", "_SUCCESS")) {
      photo(name);
    }
    List<String> options = value.isEmpty() ? List.of(option) : List.of(option, value);
    assertThat(detect(photos.toString(), options.toArray(String[]::new)))
        .isEqualTo(ExitStatus.DONE);
    assertThat(String.join(",", rows().keySet())).isEqualTo(keys);
    assertThat(rows().values()).containsOnly("ok");
  }

  @Test
  void optionsThatExcludeEachOtherAndPatternsThatAreNoneAreRefused() {
    photo("a.png");
    assertThat(detect(photos.toString(), "--any-name", "--extensions", "jpg"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(said.toString())
        .contains("--any-name takes every ending, and --extensions jpg only");
    assertThat(detect(photos.toString(), "--pattern", "a{b")).isEqualTo(ExitStatus.USAGE);
    assertThat(said.toString()).contains("--pattern is 'a{b', which is no glob");
    assertThat(detect(photos.toString(), "--pattern", "b*")).isEqualTo(ExitStatus.USAGE);
    assertThat(said.toString())
        .contains("1 passed over (paths that don't match the pattern: 1, such as 'a.png')")
        .contains("Here names that match 'b*' count");
  }

  private void photo(String name) {
    Photos.write(photos.resolve(name), 1);
  }

  private int detect(String input, String... options) {
    List<String> arguments = new ArrayList<>(List.of("detect", "--input", input));
    arguments.addAll(List.of("--output", at("faces"), "--model", at("tiny.onnx")));
    arguments.addAll(List.of("--progress", "none"));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    PrintWriter writer = new PrintWriter(said, true);
    return Main.run(writer, writer, arguments);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  /** What became of each image, by its key. */
  private Map<String, String> rows() {
    Map<String, String> rows = new TreeMap<>();
    for (Row row : LocalSpark.session().read().parquet(at("faces")).collectAsList()) {
      Row error = row.getAs("error");
      rows.put(row.getAs("image"), error == null ? "ok" : error.getString(1));
    }
    return rows;
  }

  private JsonNode counts() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("faces/_run.json").toFile()).path("counts");
  }
}
