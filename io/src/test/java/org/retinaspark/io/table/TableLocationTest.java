package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.UnusableLocationException;

/** Nothing that stands at an output is lost unasked. */
final class TableLocationTest {

  private static final String INPUT = "/photos";

  @TempDir private Path root;
  private Path output;

  @BeforeEach
  void place() {
    output = root.resolve("table");
  }

  @ParameterizedTest
  @EnumSource(TablePolicy.class)
  void absentOrEmptyFolderMayBeWritten(TablePolicy policy) throws IOException {
    table().requireWritable(policy, INPUT);
    assertThat(output).doesNotExist();
    Files.createDirectory(output);
    assertThatCode(() -> table().requireWritable(policy, INPUT)).doesNotThrowAnyException();
  }

  @Test
  void createRefusesATable() throws IOException {
    files("part-0.parquet", "_SUCCESS");
    assertThatThrownBy(() -> table().requireWritable(TablePolicy.CREATE, INPUT))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessage(
            "output '%s' exists already: nothing was done. Choose another --output, replace it with"
                + " --overwrite, or add what is missing with --resume",
            output);
    assertThat(output.resolve("part-0.parquet")).exists();
  }

  @Test
  void overwriteTakesATable() throws IOException {
    tableOf("part-0.parquet");
    files(".part-0.parquet.crc", "_SUCCESS");
    assertThatCode(() -> table().requireWritable(TablePolicy.OVERWRITE, INPUT))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "thesis.docx",
        "run.json",
        "parts",
        "part-0.parquet",
        "part-7.jpg",
        "part-00000-7b0f5f5c-1f6c-4a2e-9d33-0f3c5d2f7a11-c000.snappy.parquet",
        "_temporary/0/mine.txt",
        "_chunks/holiday.jpg",
        "_chunks/_published",
        "_chunks/001-000001/photo.jpg"
      })
  void overwriteRefusesWhatIsNoTable(String foreign) throws IOException {
    tableOf("part-1.parquet");
    files(foreign);
    assertThatThrownBy(() -> table().requireWritable(TablePolicy.OVERWRITE, INPUT))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessage(
            "output '%s' holds '%s', which is not part of a table of ours: nothing was done, since"
                + " it would be lost or read as part of the table. Move it elsewhere, or choose"
                + " another --output",
            output, foreign);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/photos", "/a b/*.jpg"})
  void inputWithinTheOutputIsRefused(String below) {
    String input = output + below;
    assertThatThrownBy(() -> table().requireWritable(TablePolicy.OVERWRITE, input))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessage(
            "output '%s' holds the input '%s', which writing would destroy: nothing was done."
                + " Choose another --output",
            output, input);
  }

  @ParameterizedTest
  @ValueSource(strings = {"link", "link/photos", "link/*.jpg", "sub/../table", "FILE:", "//"})
  void inputWithinTheOutputIsRefusedUnderAnotherName(String spelling) throws IOException {
    tableOf("part-0.parquet");
    Files.createSymbolicLink(root.resolve("link"), output);
    String input =
        switch (spelling) {
          case "FILE:" -> "FILE:" + output + "/part-0.parquet";
          case "//" -> root + "//table//";
          default -> root + "/" + spelling;
        };
    assertThatThrownBy(() -> table().requireWritable(TablePolicy.OVERWRITE, input))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("holds the input '%s'", input);
  }

  @Test
  void outputThatIsALinkToTheInputIsRefused() throws IOException {
    Path photos = Files.createDirectory(root.resolve("photos"));
    Files.createSymbolicLink(output, photos);
    assertThatThrownBy(() -> table().requireWritable(TablePolicy.OVERWRITE, photos.toString()))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("holds the input '%s'", photos);
  }

  @Test
  void manifestOfAnotherToolIsNotOurs() throws IOException {
    files("_run.json");
    assertThatThrownBy(() -> table().requireWritable(TablePolicy.OVERWRITE, INPUT))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("holds '_run.json', which is not part of a table of ours");
  }

  @Test
  void inputBesideTheOutputIsNoMatter() {
    assertThatCode(() -> table().requireWritable(TablePolicy.CREATE, output + "-photos"))
        .doesNotThrowAnyException();
  }

  @Test
  void inputMayLieInAnotherFileSystem() {
    assertThatCode(() -> table().requireWritable(TablePolicy.CREATE, "s3a://bucket/photos"))
        .doesNotThrowAnyException();
  }

  @Test
  void unknownFileSystemIsNamed() {
    assertThatThrownBy(() -> TableLocation.of("nosuchscheme://host/x", new Configuration()))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageStartingWith("'nosuchscheme://host/x' can't be used (")
        .hasMessageEndingWith("Check the path and the access to it");
  }

  @Test
  void manifestComesBack() throws IOException {
    table().writeManifest(new Manifest("größe", 3, List.of(0.5)));
    assertThat(output.resolve("_run.json")).content().contains("\n  \"images\" : 3").endsWith("\n");
    JsonNode json = table().manifest().orElseThrow();
    assertThat(json.path("model").asText()).isEqualTo("größe");
    assertThat(json.path("images").asLong()).isEqualTo(3);
    assertThat(json.path("thresholds").path(0).asDouble()).isEqualTo(0.5);
  }

  @Test
  void laterManifestReplacesTheEarlier() throws IOException {
    table().writeManifest(new Manifest("a much longer name than the next one", 1, List.of()));
    table().writeManifest(new Manifest("b", 2, List.of()));
    assertThat(table().manifest().orElseThrow().path("model").asText()).isEqualTo("b");
  }

  @Test
  void absentManifestIsEmpty() throws IOException {
    assertThat(table().manifest()).isEmpty();
    Files.createDirectory(output);
    assertThat(table().manifest()).isEmpty();
  }

  @Test
  void brokenManifestIsNamed() throws IOException {
    files("_run.json");
    assertThatThrownBy(() -> table().manifest())
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("_run.json' can't be used: it is no whole JSON document");
  }

  record Manifest(String model, long images, List<Double> thresholds) {}

  @Test
  void overwriteTakesATableInFolders() throws IOException {
    tableOf("label=a%2Fb/part-0.parquet", "label=1/part-0.parquet");
    files("_SUCCESS");
    table().requireWritable(TablePolicy.OVERWRITE, INPUT);
    assertThat(table().parts().list())
        .containsExactlyInAnyOrder("label=a%2Fb/part-0.parquet", "label=1/part-0.parquet");
    table().parts().delete(List.of("label=1/part-0.parquet"));
    assertThat(output.resolve("label=1")).doesNotExist();
    assertThat(output.resolve("label=a%2Fb/part-0.parquet")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"label=1/thesis.docx", "label=1/x=2/part-0", "photos/part-0", "a=b"})
  void overwriteRefusesWhatIsNoTableInFolders(String foreign) throws IOException {
    tableOf("label=1/part-0.parquet");
    files(foreign);
    assertThatThrownBy(() -> table().requireWritable(TablePolicy.OVERWRITE, INPUT))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining(
            "holds '%s', which is not part of a table of ours", foreign.replaceAll("/part-0$", ""));
  }

  @Test
  void filesThatTheManifestDoesNotListOrThatAreGoneAreTold() throws IOException {
    tableOf("part-0.parquet", "part-1.parquet");
    assertThat(doubts()).isEmpty();
    Files.delete(output.resolve("part-1.parquet"));
    files("part-7.parquet");
    assertThat(doubts())
        .satisfiesExactly(
            lost ->
                assertThat(lost)
                    .startsWith("1 files of the table at 'file:" + output + "' are gone")
                    .contains("such as 'part-1.parquet'", "detect --resume"),
            other ->
                assertThat(other)
                    .startsWith("1 files in the table at 'file:" + output + "' are not of the run")
                    .contains("such as 'part-7.parquet'", "they are read too"));
  }

  @Test
  void tableThatWasWrittenAnewIsAsItIs() throws IOException {
    tableOf("part-0.parquet");
    Files.delete(output.resolve("part-0.parquet"));
    files("part-7.parquet");
    assertThat(doubts()).isEmpty();
  }

  private List<String> doubts() throws IOException {
    return Ownership.doubts(table(), table().parts().list());
  }

  private TableLocation table() {
    return TableLocation.of(output.toString(), new Configuration());
  }

  private void tableOf(String... parts) throws IOException {
    files(parts);
    table().writeManifest(Map.of("files", parts));
  }

  private void files(String... names) throws IOException {
    Files.createDirectories(output);
    for (String name : names) {
      Path file = output.resolve(name);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, "{ broken");
    }
  }
}
