package org.retinaspark.job.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retinaspark.job.evaluate.SmallTable.face;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.evaluate.SmallTable;

/** Tables of catalogs; {@code deploy/interoperation/run} writes to Delta's. */
final class CatalogExportTest {

  private static final String CATALOG = "spark.sql.catalog.lake";

  @TempDir private Path folder;
  private final SparkSession spark = LocalSpark.session();
  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void configure() {
    // A catalog lives as long as its name in the session, so each test has a name of its own.
    spark.conf().set(catalog(), FolderCatalog.class.getName());
    spark.conf().set(catalog() + ".warehouse", folder.toString());
    write("faces", "r1", "original", "a.jpg", "b.jpg");
  }

  @AfterEach
  void forget() {
    spark.conf().unset(catalog());
    spark.conf().unset(catalog() + ".warehouse");
  }

  @Test
  void allRowsAndTypesArriveAndPropertiesSayWhatMadeThem() {
    assertThat(export("faces")).as(errors.toString()).isEqualTo(ExitStatus.DONE);
    Dataset<Row> rows = spark.read().parquet(path("faces"));
    Dataset<Row> written = spark.table(table());
    assertThat(written.schema().catalogString()).isEqualTo(rows.schema().catalogString());
    assertThat(written.collectAsList()).containsExactlyInAnyOrderElementsOf(rows.collectAsList());
    assertThat(properties())
        .containsEntry("retinaspark.run", "r1")
        .containsEntry("retinaspark.model_sha256", "5e1f")
        .containsEntry("retinaspark.protocol", "original");
  }

  @Test
  void tableThatIsThereStaysUnlessItIsToBeReplaced() {
    export("faces");
    write("other", "r2", "vga", "c.jpg");
    assertThat(export("other")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors)
        .asString()
        .contains(
            "'" + table() + "' exists already: nothing was written", "--overwrite", "--append");
    assertThat(images()).containsExactly("a.jpg", "b.jpg");
    assertThat(export("other", "--overwrite")).as(errors.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(images()).containsExactly("c.jpg");
    assertThat(properties())
        .containsEntry("retinaspark.run", "r2")
        .containsEntry("retinaspark.protocol", "vga");
  }

  @Test
  void onlyTablesOfFacesAreReplaced() throws Exception {
    spark.range(3).writeTo(table()).create();
    assertThat(export("faces", "--overwrite")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors).asString().contains("is no table of faces: nothing was written");
    assertThat(spark.table(table()).count()).isEqualTo(3);
  }

  @Test
  void furtherImagesAreAppendedAndARunOnce() {
    write("other", "r2", "original", "c.jpg");
    assertThat(export("other", "--append")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors).asString().contains("is not there, so nothing can be added");
    export("faces");
    assertThat(export("other", "--append")).as(errors.toString()).isEqualTo(ExitStatus.DONE);
    assertThat(images()).containsExactly("a.jpg", "b.jpg", "c.jpg");
    assertThat(export("other", "--append")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors).asString().contains("has images of this run already, such as [c.jpg]");
    assertThat(images()).containsExactly("a.jpg", "b.jpg", "c.jpg");
  }

  @Test
  void rowsOfAnotherKindAreNotAppended() {
    export("faces");
    write("other", "r2", "vga", "c.jpg");
    assertThat(export("other", "--append")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors)
        .asString()
        .contains("'retinaspark.protocol' is original there and vga in the run");
    write("wider", "r3", "original", functions.lit(1).as("day"), "d.jpg");
    assertThat(export("wider", "--append")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors).asString().contains("'day' is none there and int in the run");
    assertThat(images()).containsExactly("a.jpg", "b.jpg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere.db.faces|the catalog 'nowhere', which this session doesn't have"
            + "|spark.sql.catalog.nowhere=",
        "broken.db.faces|the catalog 'broken', which can't be loaded|docs/interoperation.md",
        "default.faces|in memory and ends with this process|spark.sql.catalogImplementation=hive",
        "a b|is no name of a table|catalog.database.table",
      })
  void catalogThatIsNotThereIsTheUsersToConfigure(String name, String what, String remedy) {
    spark.conf().set("spark.sql.catalog.broken", "org.example.Missing");
    assertThat(run("--detections", path("faces"), "--output-table", name))
        .as(errors.toString())
        .isEqualTo(ExitStatus.USAGE);
    assertThat(errors)
        .asString()
        .contains(what, "nothing was written", remedy)
        .doesNotContain("\tat ");
    spark.conf().unset("spark.sql.catalog.broken");
  }

  @ParameterizedTest
  @CsvSource({
    "--output x, 'Leave out --output'",
    "--integer, 'Leave out --output'",
    "--append --overwrite, 'Give one'",
    "--append --format delta, '--format is ''delta'''"
  })
  void optionsThatDoNotGoTogetherAreErrors(String options, String why) {
    assertThat(export("faces", options.split(" "))).isEqualTo(ExitStatus.USAGE);
    assertThat(errors).asString().contains(why);
  }

  @Test
  void formatWithoutItsJarIsTheUsersToBring() {
    int status =
        run("--detections", path("faces"), "--format", "nosuch", "--output-table", "nosuch.`/x`");
    assertThat(errors).asString().contains("Failed to find the data source: nosuch");
    assertThat(status).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void oneOfTheOutputsMustBeNamed() {
    assertThat(run("--detections", path("faces"), "--format", "coco")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors).asString().contains("--output-table");
  }

  private void write(String name, String run, String protocol, String... images) {
    write(name, run, protocol, functions.lit("val").as("split"), images);
  }

  /** A table with lists of structs, a time, and what made it. */
  private void write(String name, String run, String protocol, Column further, String... images) {
    SmallTable table = new SmallTable();
    for (String image : images) {
      table.image(image, face(0.75f, 10, 20, 30.5f, 60), face(0.5f, 1, 2, 3, 4));
    }
    table.write(path(name + "-plain"));
    Metadata made =
        Metadata.fromJson(
            "{\"retinaspark\":{\"run\":\"%s\",\"model_sha256\":\"5e1f\",\"protocol\":\"%s\"}}"
                .formatted(run, protocol));
    Dataset<Row> plain = spark.read().parquet(path(name + "-plain"));
    plain
        .drop("split")
        .withMetadata("image", made)
        .withColumn("modified", functions.lit(Timestamp.valueOf("2026-03-29 02:30:00.123456")))
        .select(functions.col("*"), further)
        .write()
        .parquet(path(name));
  }

  private int export(String name, String... options) {
    List<String> words =
        new ArrayList<>(List.of("--detections", path(name), "--output-table", table()));
    words.addAll(Arrays.asList(options));
    return run(words.toArray(String[]::new));
  }

  private int run(String... options) {
    errors.getBuffer().setLength(0);
    List<String> words = new ArrayList<>(List.of("export"));
    words.addAll(Arrays.asList(options));
    return Main.run(
        new PrintWriter(new StringWriter()), new PrintWriter(errors), words.toArray(String[]::new));
  }

  private List<String> images() {
    return spark.table(table()).select("image").orderBy("image").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private Map<String, String> properties() {
    return spark.sql("SHOW TBLPROPERTIES " + table()).collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(1)));
  }

  private String catalog() {
    return CATALOG + Integer.toUnsignedString(folder.hashCode());
  }

  private String table() {
    return "lake%s.db.faces".formatted(Integer.toUnsignedString(folder.hashCode()));
  }

  private String path(String name) {
    return folder.resolve(name).toUri().toString();
  }
}
