package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;

/** Rows of tables and members of archives go by keys of their own, wherever they lie. */
class OwnKeysTest {

  private static final StructType SCHEMA =
      new StructType().add("id", DataTypes.LongType).add("content", DataTypes.BinaryType);

  @TempDir private Path folder;
  private Path model;
  private Path table;

  @BeforeEach
  void prepare() {
    model = Photos.model(folder.resolve("tiny.onnx"));
    table = folder.resolve("table");
  }

  @Test
  void tableThatIsWrittenAnewIsNotAllNew() throws IOException {
    write(2, image(1), image(2), broken(3), image(4));
    detect("parquet");
    Map<String, Row> before = rows();
    assertThat(before.keySet()).containsExactly("1", "2", "3", "4");

    write(3, image(5), image(4), broken(3), image(1), image(2));
    DetectResult result = detect("parquet", "--resume");

    assertThat(result.work().unitsNow()).isEqualTo(1);
    assertThat(result.work().unitsBefore()).isEqualTo(4);
    assertThat(folder.resolve("faces")).isDirectoryNotContaining("glob:**/_plan-*");
    Map<String, Row> after = rows();
    assertThat(after.keySet()).containsExactly("1", "2", "3", "4", "5");
    before.forEach((key, row) -> assertThat(after.get(key)).isEqualTo(row));

    write(1, image(4), image(3), image(1));
    DetectResult retried = detect("parquet", "--retry-failed");
    assertThat(retried.work().unitsNow()).isEqualTo(1);
    assertThat(retried.work().unitsVanished()).isEqualTo(2);
    assertThat(rows()).hasSize(5);
    assertThat(rows().values()).extracting(row -> row.<String>getAs("status")).containsOnly("ok");

    assertThat(detect("parquet", "--resume").work().unitsNow()).isZero();
  }

  @Test
  void tableThatCouldNotBeReadIsTriedAgain() throws IOException {
    write(1, image(1), image(2));
    Path part = part();
    byte[] whole = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(whole, whole.length - 20));
    write(SaveMode.Append, image(3));
    detect("parquet", "--content-column", "content", "--key-column", "id");
    String lost = part.getFileName().toString();
    assertThat(rows().keySet()).containsExactlyInAnyOrder("3", lost);

    Files.write(part, whole);
    Files.deleteIfExists(part.resolveSibling("." + lost + ".crc"));
    DetectResult result =
        detect("parquet", "--content-column", "content", "--key-column", "id", "--resume");

    assertThat(rows().keySet()).containsExactly("1", "2", "3");
    assertThat(result.failed()).isZero();
  }

  @Test
  void keysThatRepeatOrLackAreRefusedBeforeWork() throws IOException {
    write(2, image(1), image(2), image(1));
    assertThatThrownBy(() -> detect("parquet"))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("the input gives 1 keys more than once: '1' (row ")
        .hasMessageContaining("Name another column with --key-column, or give --keys path");
    assertThat(folder.resolve("faces")).doesNotExist();
    write(1, image(1), image(null));
    assertThatThrownBy(() -> detect("parquet"))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("1 rows of the input have no key, such as row 1 of 'part-");

    detect("parquet", "--keys", "path");

    String part = part().getFileName().toString();
    assertThat(rows().keySet()).containsExactlyInAnyOrder(part + "/1", part + "/1#1");
  }

  @Test
  void membersGoByTheirNamesIfAsked() throws IOException {
    Path tars = Files.createDirectories(folder.resolve("tars"));
    tar(tars.resolve("a.tar"), "x/1.png", "2.png");
    tar(tars.resolve("b.tar"), "3.png");
    detect(tars, "tar", "--keys", "own");
    Map<String, Row> rows = rows();
    assertThat(rows.keySet()).containsExactly("2.png", "3.png", "x/1.png");
    assertThat(Objects.requireNonNull(rows.get("x/1.png")).<String>getAs("container"))
        .isEqualTo("file:" + tars + "/a.tar");

    assertThat(detect(tars, "tar", "--keys", "own", "--resume").work().unitsNow()).isZero();

    tar(tars.resolve("c.tar"), "4.png");
    tar(tars.resolve("b.tar"), "3.png", "5.png");
    DetectResult resumed = detect(tars, "tar", "--keys", "own", "--resume");
    assertThat(resumed.work().unitsNow()).isEqualTo(2);
    assertThat(resumed.work().imagesNow()).isEqualTo(3);
    assertThat(resumed.imagesPerSecond()).isEqualTo(3 / resumed.seconds());
    assertThat(rows().keySet()).containsExactly("2.png", "3.png", "4.png", "5.png", "x/1.png");
  }

  @Test
  void columnsOfATableGoThroughByChoice() throws IOException {
    LocalSpark.session()
        .sql(
            "SELECT 7L AS id, X'00' AS content, 'cat' AS label, array(1, 2) AS numbers,"
                + " named_struct('a', 1.5D, 'b', CAST(NULL AS STRING)) AS nested,"
                + " DATE'1500-01-02' AS day, TIMESTAMP'2026-01-02 03:04:05.678901' AS time,"
                + " CAST(12.30 AS DECIMAL(20, 2)) AS price, map('k', 1) AS pairs"
                + " UNION ALL SELECT 8L, X'00', NULL, NULL, NULL, NULL, NULL, NULL, NULL")
        .coalesce(1)
        .write()
        .parquet(table.toString());
    List<Row> before =
        LocalSpark.session()
            .read()
            .parquet(table.toString())
            .drop("content", "id")
            .orderBy("label")
            .collectAsList();

    detect("parquet", "--carry", "all");

    assertThat(
            LocalSpark.session()
                .read()
                .parquet(folder.resolve("faces").toString())
                .select("label", "numbers", "nested", "day", "time", "price", "pairs")
                .orderBy("label")
                .collectAsList())
        .isEqualTo(before);
    assertThatThrownBy(() -> detect("parquet", "--carry", "label,colour", "--overwrite"))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("has no column 'colour' for --carry; it has id, content, label");
    assertThatThrownBy(() -> detect("parquet", "--carry", "id", "--overwrite"))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("has its images or keys in the column 'id' of --carry");
  }

  private static Row image(@Nullable Integer key) {
    Path file;
    try {
      file = Files.createTempFile("photo", ".png");
      Photos.write(file, key == null ? 1 : key);
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      return RowFactory.create(key == null ? null : (Long) key.longValue(), content);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static Row broken(int key) {
    return RowFactory.create((long) key, new byte[] {1, 2, 3});
  }

  private void write(int parts, Row... rows) {
    FileUtil.fullyDelete(table.toFile());
    LocalSpark.session()
        .createDataFrame(Arrays.asList(rows), SCHEMA)
        .repartition(parts)
        .write()
        .parquet(table.toString());
  }

  private void write(SaveMode mode, Row... rows) {
    LocalSpark.session()
        .createDataFrame(Arrays.asList(rows), SCHEMA)
        .coalesce(1)
        .write()
        .mode(mode)
        .parquet(table.toString());
  }

  private Path part() throws IOException {
    try (var files = Files.list(table)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private static void tar(Path file, String... names) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (String name : names) {
        byte[] content = image(1).getAs(1);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
  }

  private DetectResult detect(String format, String... more) throws IOException {
    return detect(table, format, more);
  }

  private DetectResult detect(Path input, String format, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--input-format", format));
    arguments.addAll(List.of(more));
    DetectConfig config =
        DetectConfigs.of(input, folder.resolve("faces"), model, arguments.toArray(String[]::new));
    return new DetectAction(LocalSpark.session(), config, new PrintWriter(Writer.nullWriter()))
        .execute();
  }

  private Map<String, Row> rows() {
    Map<String, Row> rows = new TreeMap<>();
    for (Row row :
        LocalSpark.session().read().parquet(folder.resolve("faces").toString()).collectAsList()) {
      assertThat(rows.put(row.getAs("image"), row)).isNull();
    }
    return rows;
  }
}
