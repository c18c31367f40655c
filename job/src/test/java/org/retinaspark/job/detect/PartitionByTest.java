package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;
import org.retinaspark.job.UsageException;

/** A table in folders says what the same table in one folder says. */
class PartitionByTest {

  /** Of the column, in CSV; nothing is null. */
  private static final List<String> VALUES =
      List.of("001", "1", "", "a/b=c%20 d", "größe 日本", "2026-01-02", "\"{x}*?[y]:\\ \"", "1");

  @TempDir private Path folder;
  private final SparkSession spark = LocalSpark.session();
  private Path model;

  @BeforeEach
  void prepare() throws IOException {
    model = Photos.model(folder.resolve("tiny.onnx"));
    for (int photo = 0; photo < VALUES.size(); photo++) {
      Photos.write(folder.resolve("photo" + photo + ".png"), photo % 3);
    }
    Files.writeString(folder.resolve("photo7.png"), "no image");
    manifest(VALUES);
  }

  @ParameterizedTest
  @EnumSource(TableLayout.class)
  void valuesComeBackAsTheyWere(TableLayout layout) throws IOException {
    DetectResult plain = detect("plain", "--layout", layout.name());
    DetectResult parted = parted("--layout", layout.name());
    assertThat(parted.images()).isEqualTo(plain.images()).isEqualTo(VALUES.size());
    assertThat(parted.faces()).isEqualTo(plain.faces()).isPositive();
    assertThat(parted.failures()).isEqualTo(plain.failures()).isNotEmpty();
    assertThat(table("parted").schema().toDDL()).isEqualTo(table("plain").schema().toDDL());
    assertThat(rows("parted")).isEqualTo(rows("plain"));
    assertThat(table("parted").where("label IS NULL").select("image").collectAsList())
        .extracting(row -> row.getString(0))
        .containsOnly("photo2.png");
    assertThat(folders())
        .hasSize(VALUES.size() - 1)
        .contains("label=001", "label=1", "label=__HIVE_DEFAULT_PARTITION__");
    for (String table : List.of("plain", "parted")) {
      export(table);
    }
    assertThat(folder.resolve("xparted/photo1.txt"))
        .hasSameTextualContentAs(folder.resolve("xplain/photo1.txt"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--resume", "--retry-failed", "--overwrite"})
  void growsIsMendedAndIsReplaced(String policy) throws IOException {
    parted();
    Photos.write(folder.resolve("photo7.png"), 2);
    Photos.write(folder.resolve("photo8.png"), 1);
    // Of the image with the label 001, which has a folder of its own.
    Files.writeString(folder.resolve("photo0.png"), "written anew");
    List<String> values = new ArrayList<>(VALUES);
    values.set(0, "new label");
    values.add("1");
    manifest(values);
    parted(policy);
    detect("plain");
    assertThat(rows("parted").size()).isEqualTo(9);
    if (policy.equals("--resume")) {
      // A manifest's file has no time, so that nobody knows that it has changed.
      assertThat(folders()).contains("label=001").doesNotContain("label=new label");
      assertThat(images("label = '1'")).containsExactly("photo1.png", "photo7.png", "photo8.png");
    } else if (policy.equals("--retry-failed")) {
      assertThat(table("parted").where("status = 'failed'").count()).isZero();
      assertThat(images("label = '1'")).containsExactly("photo1.png", "photo7.png", "photo8.png");
    } else {
      assertThat(folders()).doesNotContain("label=001").contains("label=new label");
      assertThat(rows("parted")).isEqualTo(rows("plain"));
    }
    assertThat(folder.resolve("parted/_chunks")).doesNotExist();
  }

  @Test
  void filesAreSortedByKeyAndOfAboutTheSize() throws IOException {
    List<String> values = new ArrayList<>();
    for (int photo = 0; photo < 60; photo++) {
      Photos.write(folder.resolve("photo" + photo + ".png"), photo % 3);
      values.add(photo % 7 == 0 ? "" : photo % 2 == 0 ? "even" : "odd");
    }
    manifest(values);
    parted("--file-size", "4000", "--layout", "faces");
    List<Path> files =
        files().stream().filter(file -> file.toString().endsWith(".parquet")).toList();
    assertThat(files).hasSizeGreaterThan(6);
    for (Path file : files) {
      List<Row> rows =
          spark.read().parquet(file.toString()).select("image", "index").collectAsList();
      assertThat(rows)
          .isSortedAccordingTo(
              Comparator.<Row, String>comparing(row -> row.getString(0))
                  .thenComparing(row -> row.isNullAt(1) ? -1 : row.getInt(1)));
    }
    assertThat(files()).noneMatch(file -> file.toString().endsWith(".crc"));
  }

  @Test
  void columnsThatAreNotCarriedAreRefused() {
    assertRefused(
        "colour", "names 'colour', which is no column", "(label, note)", "nothing was read");
    assertRefused("split", "(label, note)");
  }

  @Test
  void inputWithoutAManifestCarriesNothing() {
    DetectConfig config =
        DetectConfigs.of(folder, folder.resolve("parted"), model, "--partition-by", "label");
    assertThatThrownBy(() -> execute(config))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("(it carries none)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "__HIVE_DEFAULT_PARTITION__"})
  void valuesThatWouldComeBackAsNullAreRefused(String value) {
    assertThatThrownBy(() -> labelled("'%s'".formatted(value)))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("('" + value + "')", "would come back as null");
  }

  @Test
  void valuesTooLongForAFolderAreRefused() throws IOException {
    // Escaped each is three bytes.
    manifest(List.of("a", "%".repeat(100)));
    assertRefused("label", "'%%%", "at most 255 bytes");
  }

  @Test
  void columnsOfNumbersAreRefused() {
    assertThatThrownBy(() -> labelled("5"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("of type int");
  }

  /** Runs on a manifest in Parquet of one image with this label, in SQL. */
  private void labelled(String label) throws IOException {
    Path manifest = folder.resolve("labelled.parquet");
    spark
        .sql("SELECT 'photo1.png' AS path, %s AS label".formatted(label))
        .write()
        .parquet(manifest.toString());
    execute(
        DetectConfigs.of(
            manifest,
            folder.resolve("parted"),
            model,
            "--input-format",
            "manifest",
            "--partition-by",
            "label"));
  }

  @Test
  void twoLayoutsOfFoldersDontGoTogether() throws IOException {
    detect("parted");
    assertThatThrownBy(() -> parted("--resume"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--partition-by was not given, is label");
    parted("--overwrite");
    assertThat(names()).noneMatch(name -> name.startsWith("part-"));
    detect("parted", "--overwrite");
    assertThat(names()).noneMatch(name -> name.startsWith("label="));
  }

  private void assertRefused(String column, String... messages) {
    assertThatThrownBy(() -> detect("parted", "--partition-by", column))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(messages);
    assertThat(folder.resolve("parted")).doesNotExist();
  }

  private void manifest(List<String> values) throws IOException {
    StringBuilder lines = new StringBuilder("path,label,note\n");
    for (int photo = 0; photo < values.size(); photo++) {
      lines.append("photo%d.png,%s,note %d%n".formatted(photo, values.get(photo), photo));
    }
    Files.writeString(folder.resolve("list.csv"), lines);
  }

  private Dataset<Row> table(String name) {
    return TableLocation.of(
            folder.resolve(name).toString(), spark.sparkContext().hadoopConfiguration())
        .read(spark);
  }

  private List<String> rows(String name) {
    return table(name).toJSON().collectAsList().stream().sorted().toList();
  }

  private List<String> images(String where) {
    return table("parted").where(where).orderBy("image").collectAsList().stream()
        .map(row -> row.<String>getAs("image"))
        .toList();
  }

  private List<String> folders() throws IOException {
    return names().stream().filter(name -> name.contains("=")).toList();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve("parted"))) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.walk(folder.resolve("parted"))) {
      return entries.filter(Files::isRegularFile).toList();
    }
  }

  private DetectResult parted(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--partition-by", "label"));
    return detect("parted", arguments.toArray(String[]::new));
  }

  private DetectResult detect(String output, String... more) throws IOException {
    return execute(
        DetectConfigs.of(folder.resolve("list.csv"), folder.resolve(output), model, more));
  }

  private DetectResult execute(DetectConfig config) throws IOException {
    return new DetectAction(spark, config, new PrintWriter(Writer.nullWriter())).execute();
  }

  private void export(String table) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output, true);
    String[] arguments = {
      "export",
      "--detections",
      folder.resolve(table).toString(),
      "--format",
      "widerface",
      "--output",
      folder.resolve("x" + table).toString()
    };
    assertThat(Main.run(writer, writer, arguments)).as(output.toString()).isZero();
  }
}
