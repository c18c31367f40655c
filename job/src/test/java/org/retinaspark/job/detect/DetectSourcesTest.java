package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.images.SourceFormat;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.job.UsageException;

/** The same photos give the same faces, whatever holds them. */
class DetectSourcesTest {

  private static final List<String> NAMES =
      List.of("one face.png", "größe 日本/two%20#?.png", "three+&=.png");

  @TempDir private Path folder;
  private Path photos;
  private Path model;

  @BeforeEach
  void prepare() {
    photos = folder.resolve("photos");
    model = Photos.model(folder.resolve("tiny.onnx"));
    for (int index = 0; index < NAMES.size(); index++) {
      Photos.write(photos.resolve(NAMES.get(index)), index + 1);
    }
  }

  @Test
  void manifestCarriesItsColumns() throws IOException {
    StringBuilder lines = new StringBuilder("path,label,length\n");
    for (String name : NAMES) {
      lines.append(name).append(",label of ").append(name).append(",\n");
    }
    Path manifest = Files.writeString(photos.resolve("list.csv"), lines + "absent.png,none,5\n");

    Map<String, Row> rows = rows(SourceFormat.AUTO, manifest);

    assertThat(rows).hasSize(4);
    for (int index = 0; index < NAMES.size(); index++) {
      Row row = row(rows, NAMES.get(index));
      assertThat(strong(row)).isEqualTo(index + 1);
      assertThat(row.<String>getAs("label")).isEqualTo("label of " + NAMES.get(index));
    }
    assertThat(row(rows, "absent.png").<Row>getAs("error").getString(1)).isEqualTo("not_found");
  }

  @Test
  void manifestShowsNothingOfOtherFiles() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "root:x:0:0");
    Files.createSymbolicLink(photos.resolve("link.jpg"), secret);
    Files.writeString(photos.resolve("own.jpg"), "root:x:0:0");
    Path manifest =
        Files.writeString(
            photos.resolve("list.txt"),
            String.join(
                "\n",
                NAMES.get(0),
                secret.toString(),
                "link.jpg",
                "own.jpg",
                "http://127.0.0.1:9/x.jpg",
                "https://user:wJalrXUtnFEMI@host/x.jpg?sig=K7MDENG"));

    Map<String, Row> rows = rows(SourceFormat.AUTO, manifest);

    assertThat(rows.keySet())
        .containsExactlyInAnyOrder(
            NAMES.get(0),
            secret.toString(),
            "link.jpg",
            "own.jpg",
            "http://127.0.0.1:9/x.jpg",
            "https://***@host/x.jpg?sig=***");
    rows.forEach(
        (key, row) -> {
          if (!key.equals(NAMES.get(0))) {
            assertThat(row.<Row>getAs("error").toString())
                .startsWith(key.equals("own.jpg") ? "[decode,unknown_format," : "[read,refused,'");
          }
        });
    assertThat(rows.toString() + Files.readString(folder.resolve("faces/_run.json")))
        .doesNotContain("root:x", "726f", "72 6f", "wJalrXUtnFEMI", "K7MDENG");
  }

  @Test
  void columnOfAManifestThatTheTableHasIsRefused() throws IOException {
    Path manifest = Files.writeString(photos.resolve("list.csv"), "path,Split\na.png,val\n");
    assertThatThrownBy(() -> rows(SourceFormat.AUTO, manifest))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the input's column 'Split' has the name of one of the table: rename it, drop it from"
                + " the manifest or leave it out of --carry: nothing was read");
    assertThat(folder.resolve("faces")).doesNotExist();
  }

  @Test
  void membersOfATarAreImagesAndACutOneIsARow() throws IOException {
    Path tars = Files.createDirectories(folder.resolve("tars"));
    byte[] whole = tar(tars.resolve("a.tar"));
    // The two blocks at the end, and a block that holds the last bytes of the last member.
    int cut = 3 * 512 + 64;
    Files.write(tars.resolve("b.tar"), Arrays.copyOf(whole, whole.length - cut));

    Map<String, Row> rows = rows(SourceFormat.AUTO, tars);

    for (int index = 0; index < NAMES.size(); index++) {
      assertThat(strong(row(rows, "a.tar/" + NAMES.get(index)))).isEqualTo(index + 1);
    }
    assertThat(row(rows, "b.tar").<Row>getAs("error").getString(0)).isEqualTo("read");
    assertThat(row(rows, "b.tar").<Row>getAs("error").getString(2)).contains("b.tar");
    assertThat(rows.keySet().stream().filter(key -> key.startsWith("b.tar/")).count())
        .isLessThan(3);
  }

  @Test
  void rowsOfATableAreImages() throws IOException {
    StructType schema =
        new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);
    List<Row> images = new java.util.ArrayList<>();
    for (String name : NAMES) {
      images.add(RowFactory.create(name, Files.readAllBytes(photos.resolve(name))));
    }
    String table = folder.resolve("table").toString();
    LocalSpark.session().createDataFrame(images, schema).coalesce(1).write().parquet(table);

    Map<String, Row> rows = rows(SourceFormat.PARQUET, Path.of(table));

    assertThat(rows).hasSize(3);
    rows.forEach(
        (key, row) -> {
          assertThat(strong(row)).as(key).isEqualTo(NAMES.indexOf(key) + 1);
          assertThat(row.<String>getAs("container")).startsWith("file:" + table + "/part-");
          assertThat(row.<String>getAs("uri")).isEqualTo(row.getAs("container") + "!/" + key);
        });
  }

  private Map<String, Row> rows(SourceFormat format, Path input) throws IOException {
    DetectConfig config =
        DetectConfigs.of(input, folder.resolve("faces"), model, "--input-format", format.label());
    DetectResult result =
        new DetectAction(LocalSpark.session(), config, new PrintWriter(Writer.nullWriter()))
            .execute();
    Map<String, Row> rows = new TreeMap<>();
    for (Row row : LocalSpark.session().read().parquet(result.output()).collectAsList()) {
      assertThat(rows.put(row.getAs("image"), row)).isNull();
    }
    return rows;
  }

  private static Row row(Map<String, Row> rows, String image) {
    return Objects.requireNonNull(rows.get(image), image);
  }

  private static long strong(Row row) {
    return row.<Row>getList(row.fieldIndex("faces")).stream()
        .filter(face -> face.<Float>getAs("score") > 0.9f)
        .count();
  }

  private byte[] tar(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String name : NAMES) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        byte[] content = Files.readAllBytes(photos.resolve(name));
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return Files.readAllBytes(file);
  }
}
