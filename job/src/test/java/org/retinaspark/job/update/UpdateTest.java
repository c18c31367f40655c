package org.retinaspark.job.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.detect.DetectResult;
import org.retinaspark.udf.dense.MeshNetworks;
import org.retinaspark.udf.model.TinyCascade;

/**
 * {@code --update}: a table made from an older one is the table of a fresh run, with fewer reads.
 */
class UpdateTest {

  private static final int PHOTOS = 12;

  @TempDir private Path folder;
  private Path photos;
  private Path model;
  private String mesh;

  @BeforeEach
  void prepare() throws IOException {
    CountedFileSystem.register(LocalSpark.session().sparkContext().hadoopConfiguration());
    photos = folder.resolve("photos");
    for (int photo = 0; photo < PHOTOS; photo++) {
      Photos.write(photo(photo), photo % 3);
    }
    Files.writeString(photos.resolve("broken.jpg"), "no image");
    Files.writeString(photos.resolve("mended.png"), "no image");
    model = Photos.model(folder.resolve("tiny.onnx"));
    mesh = Files.write(folder.resolve("mesh.onnx"), MeshNetworks.faceMesh("batch")).toString();
  }

  @Test
  void onlyWhatIsNewChangedOrFailedIsReadAgain() throws IOException {
    Tables tables = tables();
    tables.detect("then");
    alter();
    Map<String, String> files = tables.files("then");
    CountedFileSystem.opened();

    DetectResult result = tables.detect("now", "--update", tables.location("then"));

    assertThat(CountedFileSystem.opened())
        .containsExactly("broken.jpg", "mended.png", "new.png", "photo03.png", "photo04.png");
    assertThat(result.work().update()).isEqualTo(new UpdateCounts(9, 0, 1, 3, 1, 1));
    assertThat(result.work().imagesNow()).isEqualTo(5);
    assertThat(tables.files("then")).as("the old table").isEqualTo(files);
    tables.detect("fresh");
    assertThat(tables.rows("now")).isEqualTo(tables.rows("fresh"));
    assertThat(tables.read("now").schema().toDDL())
        .isEqualTo(tables.read("fresh").schema().toDDL());
    JsonNode run = tables.manifest("now");
    assertThat(run.at("/updatedFrom/run")).isEqualTo(tables.manifest("then").path("run"));
    assertThat(run.at("/updatedFrom/manifestSha256").asText()).hasSize(64);
    assertThat(run.at("/work/update").toString())
        .isEqualTo(
            "{\"carried\":9,\"detailed\":0,\"added\":1,\"changed\":3,\"failed\":1,\"gone\":1}");
    assertThat(run.path("run")).isNotEqualTo(tables.manifest("then").path("run"));
  }

  @Test
  void aTableThatNeedsNothingIsTakenOver() throws IOException {
    Files.delete(photos.resolve("broken.jpg"));
    Files.delete(photos.resolve("mended.png"));
    Tables tables = tables();
    tables.detect("then");
    CountedFileSystem.opened();

    tables.detect("now", "--update", tables.location("then"));
    tables.detect("later", "--update", tables.location("now"));

    assertThat(CountedFileSystem.opened()).isEmpty();
    assertThat(tables.rows("later")).isEqualTo(tables.rows("then"));
    assertThat(tables.manifest("later").at("/updatedFrom/run"))
        .isEqualTo(tables.manifest("now").path("run"));
    DetectResult nothing = tables.detect("later", "--update", tables.location("now"), "--resume");
    assertThat(nothing.work().unitsNow()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"images", "faces"})
  void aColumnIsAdded(String layout) throws IOException {
    Tables tables = tables("--layout", layout);
    tables.detect("then");
    alter();
    CountedFileSystem.opened();
    String[] details = {
      "--mesh-model", mesh, "--mesh-min-face", "16", "--details", "mesh,landmarks68,pose,parts"
    };

    DetectResult result = tables.detect("now", update(tables, "then", details));

    List<String> read = CountedFileSystem.opened();
    assertThat(read).doesNotHaveDuplicates().doesNotContain("photo06.png", "photo09.png");
    assertThat(result.work().update()).isEqualTo(new UpdateCounts(3, 6, 1, 3, 1, 1));
    assertThat(read).hasSize(11);
    tables.detect("fresh", details);
    assertThat(tables.rows("now")).isEqualTo(tables.rows("fresh"));
    assertThat(tables.read("now").schema().toDDL())
        .isEqualTo(tables.read("fresh").schema().toDDL());
    assertThat(tables.manifest("now").path("details"))
        .isEqualTo(tables.manifest("fresh").path("details"));
  }

  @Test
  void aPoseOfFivePointsIsAddedAndStays() throws IOException {
    Tables tables = tables();
    tables.detect("then");
    tables.detect("now", update(tables, "then", "--details", "pose"));

    assertThat(tables.rows("now")).anyMatch(row -> row.contains("\"source\":\"points\""));
    assertThatThrownBy(() -> tables.detect("later", update(tables, "now", "--mesh-model", mesh)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--details (pose) was of the five points, is of the mesh ");
  }

  @Test
  void moreIsToldOfFacesThatHaveMeshes() throws IOException {
    Tables tables = tables("--mesh-model", mesh, "--mesh-min-face", "16");
    tables.detect("then");
    tables.detect("now", update(tables, "then", "--details", "parts,pose,mesh,landmarks68"));
    tables.detect("fresh", "--details", "parts,pose,mesh,landmarks68");

    assertThat(tables.rows("now")).isEqualTo(tables.rows("fresh"));
    assertThat(tables.rows("now")).anyMatch(row -> row.contains("\"parts\":[{"));
    assertThatThrownBy(() -> tables.detect("less", update(tables, "now", "--details", "mesh")))
        .hasMessageContaining("the table '%s' of --update holds rows", tables.location("now"))
        .hasMessageContaining("--details (parts) was of the mesh FaceMesh468")
        .hasMessageContaining("is not given");
    assertThatThrownBy(
            () -> tables.detect("other", update(tables, "now", "--mesh-min-score", "0.7")))
        .hasMessageContaining("--mesh-min-score was 0.5, is 0.7");
  }

  @Test
  void archivesAreReadForTheirNewColumns() throws IOException {
    Path archives = Files.createDirectories(folder.resolve("archives"));
    for (int archive = 0; archive < 3; archive++) {
      zip(archives.resolve(archive + ".zip"), archive, 2 * archive);
    }
    Tables tables =
        new Tables(
            folder,
            "",
            List.of(
                "--input", "counted://" + archives, "--model", model.toString(), "--keys", "own"));
    tables.detect("then");
    zip(archives.resolve("1.zip"), 1, 2);
    Files.setLastModifiedTime(archives.resolve("1.zip"), FileTime.from(Instant.EPOCH));
    String[] details = {"--mesh-model", mesh, "--mesh-min-face", "16"};

    CountedFileSystem.opened();

    DetectResult result = tables.detect("now", update(tables, "then", details));

    assertThat(CountedFileSystem.opened()).contains("1.zip", "2.zip").doesNotContain("0.zip");
    assertThat(result.work().update()).isEqualTo(new UpdateCounts(1, 1, 0, 1, 0, 0));
    tables.detect("fresh", details);
    assertThat(tables.rows("now")).isEqualTo(tables.rows("fresh"));
  }

  @Test
  void manifestsAndFoldersOfATableStay() throws IOException {
    StringBuilder lines = new StringBuilder("path,label\n");
    for (int photo = 0; photo < PHOTOS; photo++) {
      lines.append("photos/photo%02d.png,%s\n".formatted(photo, photo % 2 == 0 ? "even" : "0dd"));
    }
    Path manifest = Files.writeString(folder.resolve("list.csv"), lines);
    Tables tables =
        new Tables(
            folder,
            "",
            List.of(
                "--input",
                manifest.toString(),
                "--model",
                model.toString(),
                "--partition-by",
                "label"));
    tables.detect("then");
    String[] details = {"--mesh-model", mesh, "--mesh-min-face", "16"};

    DetectResult result = tables.detect("now", update(tables, "then", details));

    assertThat(result.work().update()).isEqualTo(new UpdateCounts(4, 8, 0, 0, 0, 0));
    tables.detect("fresh", details);
    assertThat(tables.rows("now")).isEqualTo(tables.rows("fresh"));
    assertThat(folder.resolve("now/label=even")).isDirectory();
  }

  @Test
  void tablesThatDontFitAreRefusedBeforeAnythingIsWritten() throws IOException {
    Tables tables = tables();
    tables.detect("then");
    List<List<String>> wrong =
        List.of(
            List.of("--score-threshold was 0.02, is 0.5", "--score-threshold", "0.5"),
            List.of("--protocol was original, is vga", "--protocol", "vga"),
            List.of("--layout was images, is faces", "--layout", "faces"));
    for (List<String> settings : wrong) {
      String[] more = settings.subList(1, 3).toArray(String[]::new);
      assertThatThrownBy(() -> tables.detect("now", update(tables, "then", more)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining(settings.get(0))
          .hasMessageContaining("or make a new table without --update");
    }
    assertThatThrownBy(() -> tables.detect("now", update(tables, "then", "--changed", "keep")))
        .hasMessageContaining("--update detects changed images again, but --changed is keep");
    assertThatThrownBy(() -> tables.detect("then/now", update(tables, "then")))
        .hasMessageContaining("lie in each other");
    assertThatThrownBy(() -> tables.detect("then", update(tables, "then", "--overwrite")))
        .hasMessageContaining("lie in each other");
    assertThatThrownBy(() -> tables.detect("now", update(tables, "absent")))
        .hasMessageContaining("there is no table at");
    Tables others =
        new Tables(
            folder,
            "",
            List.of("--input", photos.resolve("broken.jpg").toString(), "--model", "" + model));
    assertThatThrownBy(() -> others.detect("now", update(tables, "then")))
        .hasMessageContaining("--input was ");
    Path cascade = Files.write(folder.resolve("cascade.onnx"), TinyCascade.cascade());
    Tables meshes =
        new Tables(folder, "", List.of("--input", "" + photos, "--model", "" + cascade));
    meshes.detect("plain", "--details", "none");
    assertThatThrownBy(() -> meshes.detect("now", update(tables, "plain")))
        .hasMessageContaining("lacks mesh, landmarks68, pose, which hang on the detector's own");
    Files.delete(folder.resolve("then/_run.json"));
    assertThatThrownBy(() -> tables.detect("now", update(tables, "then")))
        .hasMessageContaining("has no _run.json");
    assertThat(folder.resolve("now")).doesNotExist();
  }

  @Test
  void rowsOfTablesWithKeysAreRefused() throws IOException {
    Path table = folder.resolve("table");
    LocalSpark.session()
        .sql("SELECT 'a' AS id, unhex('00') AS content")
        .write()
        .parquet(table.toString());
    Tables tables =
        new Tables(
            folder,
            "",
            List.of("--input", "" + table, "--input-format", "parquet", "--model", "" + model));
    tables.detect("then");

    assertThatThrownBy(() -> tables.detect("now", update(tables, "then")))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--update can't tell which rows of the input's tables changed");
  }

  private Tables tables(String... same) {
    List<String> all =
        new ArrayList<>(List.of("--input", "counted://" + photos, "--model", model.toString()));
    all.addAll(List.of(same));
    return new Tables(folder, "", all);
  }

  private static String[] update(Tables tables, String older, String... more) {
    List<String> all = new ArrayList<>(List.of("--update", tables.location(older)));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** One new, one of another time, one of other content, one mended, one still broken, one gone. */
  private void alter() throws IOException {
    Photos.write(photos.resolve("new.png"), 2);
    Files.setLastModifiedTime(photo(3), FileTime.from(Instant.EPOCH.plusSeconds(1)));
    Photos.write(photo(4), 4);
    Photos.write(photos.resolve("mended.png"), 2);
    Files.delete(photo(7));
  }

  private Path photo(int number) {
    return photos.resolve("photo%02d.png".formatted(number));
  }

  private void zip(Path file, int first, int squares) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int member = 0; member < 2; member++) {
        zip.putNextEntry(new ZipEntry("%d-%d.png".formatted(first, member)));
        Files.copy(Photos.write(folder.resolve("member.png"), squares), zip);
      }
    }
  }
}
