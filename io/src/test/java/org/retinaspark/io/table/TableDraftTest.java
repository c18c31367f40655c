package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.LocalSpark;
import org.retinaspark.io.UnusableLocationException;

/**
 * Every image that was handed out has its row, and of a unit that is done again only new rows
 * count.
 */
@SuppressWarnings("NullAway.Init")
class TableDraftTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("image", "string")
          .add("container", "string")
          .add("uri", "string")
          .add("length", "long")
          .add("etag", "string")
          .add("modified", "timestamp")
          .add("status", "string");

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  private static final TableFiles FILES =
      new TableFiles(1 << 20, Compression.ZSTD, Optional.empty());

  @TempDir private Path folder;
  private final SparkSession spark = LocalSpark.session();
  private RunLock lock;
  private TableDraft draft;

  @BeforeEach
  void open() throws IOException {
    TableLocation table = TableLocation.of(folder.resolve("out").toString(), new Configuration());
    lock = RunLock.acquire(table, new SparkAttempt("test", 1), Duration.ofMinutes(2));
    draft = TableDraft.open(spark, table, "image", lock, TablePolicy.RESUME);
  }

  @AfterEach
  void close() {
    draft.close();
    lock.close();
  }

  @Test
  void chunkThatLostAnImageIsNotCommitted() throws IOException {
    begin(Optional.empty());
    assertThatThrownBy(() -> draft.write(rows(loose("a")), () -> 2, Compression.ZSTD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 images of a chunk became 1 rows: it was not committed");
    assertThat(draft.chunks()).isZero();
    assertThat(draft.doneUnits()).isEmpty();
  }

  @Test
  void committedRowsThatAreGoneEndThePublication() throws IOException {
    begin(Optional.empty());
    write(loose("a"), loose("b"));
    write(loose("c"));
    deleteRows("001-000002");
    assertThatThrownBy(() -> draft.publish(FILES))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("0 of 1 rows are there")
        .hasMessageContaining("_chunks/001-000002")
        .hasMessageContaining("Give --resume");
  }

  @Test
  void unitsAreKnownByWhatTheirRowsSay() throws IOException {
    begin(Optional.empty());
    write(loose("a"), member("s.tar", "x", "ok"), member("s.tar", "y", "failed"));
    assertThat(done())
        .containsExactlyInAnyOrder(
            RowFactory.create("a", 5L, "e-a", TIME.toEpochMilli(), false),
            RowFactory.create("s.tar", null, "e-s.tar", TIME.toEpochMilli(), true));
  }

  @Test
  void rowsOfAUnitThatIsDoneAgainAreReplacedByItsNewOnes() throws IOException {
    begin(Optional.empty());
    write(loose("a"), member("s.tar", "gone", "ok"), member("s.tar", "x", "failed"));
    begin(draft.doneUnits().map(units -> units.where("unit = 's.tar'")));
    assertThat(done()).extracting(row -> row.getString(0)).containsExactly("a");
    write(member("s.tar", "x", "ok"));
    Publication publication = draft.publish(FILES);
    assertThat(publication.expectedRows()).isEqualTo(2);
    assertThat(publication.rows().select("image", "status").collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create("a", "ok"), RowFactory.create("s.tar/x", "ok"));
  }

  @Test
  void imagesOfOneKeyAreTheUsersToTellApart() throws IOException {
    begin(Optional.empty());
    write(loose("x"), underOwnName("s.tar", "y"));
    write(underOwnName("s.tar", "x"), underOwnName("t.tar", "y"));
    assertThatThrownBy(() -> draft.publish(FILES))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageStartingWith(
            "more than one image has the key 'x' (file:/in/s.tar!/x and file:/in/x),"
                + " 'y' (file:/in/s.tar!/y and file:/in/t.tar!/y): the table was not published")
        .hasMessageContaining("--overwrite --keys path");
    assertThat(folder.resolve("out/_run.json")).doesNotExist();
  }

  @Test
  void twoRowsOfOneImageAreAFaultOfOurs() throws IOException {
    begin(Optional.empty());
    write(loose("a"), loose("b"));
    write(loose("a"));
    assertThatThrownBy(() -> draft.publish(FILES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("more than one row for 'a' (file:/in/a): the table was not");
  }

  private void begin(Optional<Dataset<Row>> replaced) throws IOException {
    draft.begin(TablePolicy.RESUME, JsonNodeFactory.instance.objectNode(), TIME, replaced);
  }

  private void write(Row... rows) throws IOException {
    draft.write(rows(rows), () -> rows.length, Compression.ZSTD);
  }

  private List<Row> done() throws IOException {
    return draft.doneUnits().orElseThrow().collectAsList();
  }

  private Dataset<Row> rows(Row... rows) {
    return spark.createDataFrame(Arrays.asList(rows), SCHEMA).coalesce(1);
  }

  private static Row loose(String name) {
    return RowFactory.create(
        name, null, "file:/in/" + name, 5L, "e-" + name, Timestamp.from(TIME), "ok");
  }

  private static Row member(String archive, String name, String status) {
    return RowFactory.create(
        archive + "/" + name,
        "file:/in/" + archive,
        "file:/in/" + archive + "!/" + name,
        (long) name.length(),
        "e-" + archive,
        Timestamp.from(TIME),
        status);
  }

  private static Row underOwnName(String archive, String name) {
    return RowFactory.create(
        name,
        "file:/in/" + archive,
        "file:/in/" + archive + "!/" + name,
        5L,
        "e-" + archive,
        Timestamp.from(TIME),
        "ok");
  }

  private void deleteRows(String chunk) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out/_chunks/" + chunk))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".parquet")).toList()) {
        Files.delete(file);
      }
    }
  }
}
