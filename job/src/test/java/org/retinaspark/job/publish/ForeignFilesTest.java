package org.retinaspark.job.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.table.Compression;
import org.retinaspark.io.table.RunLock;
import org.retinaspark.io.table.SparkAttempt;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.io.table.TableFiles;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.LocalSpark;

/**
 * Files that other people put into a table's folder while a run is under way, after it was checked:
 * whatever becomes of the run, they are there as they were. The next run refuses to begin.
 */
final class ForeignFilesTest {

  private static final StructType SCHEMA =
      StructType.fromDDL("image STRING, uri STRING, status STRING");

  private static final String ID = "1d2c3b4a-5f6e-4d7c-8b9a-0a1b2c3d4e5f";

  /** Names like our own, and all others. */
  private static final List<String> FOREIGN =
      List.of(
          "thesis.docx",
          "part-0.parquet",
          "part-17.jpg",
          "part-00000-" + ID + "-c000.snappy.parquet",
          "part-" + ID + "-00000-" + ID + "-c000.snappy.parquet",
          ".part-17.jpg.crc",
          "_notes.txt",
          "_plan-mine/list.csv",
          "_plan-" + ID + "/letter.txt",
          "_lock/readme",
          "_lock/_probe",
          "_chunks/photo.jpg",
          "_chunks/_published.bak",
          "_chunks/001-000001.zip",
          "_chunks/old/001-000001/part-1.jpg",
          "_chunks/001-000001/photo.jpg",
          "_chunks/001-000009/part-2.jpg",
          "_temporary/0/part-3.jpg",
          "__magic/part-4.jpg",
          "label=1/part-5.jpg");

  private static final TableFiles FORM =
      new TableFiles(1 << 20, Compression.SNAPPY, Optional.empty());

  @TempDir private Path folder;
  private final SparkSession spark = LocalSpark.session();
  private final Configuration hadoop = new Configuration();

  @AfterEach
  void revive() {
    Mortality.disk(folder, hadoop).live(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "OVERWRITE, 9999",
    "OVERWRITE, 2",
    "OVERWRITE, 9",
    "OVERWRITE, 16",
    "OVERWRITE, 24",
    "RESUME, 9999",
    "RESUME, 7",
    "RESUME, 21"
  })
  void stayWhateverBecomesOfTheRun(TablePolicy policy, long changes) throws IOException {
    Mortality store = Mortality.disk(folder, hadoop);
    run(store, TablePolicy.CREATE, "old");
    try (RunLock lock = lock(store);
        TableDraft draft = open(store, lock, policy)) {
      write(draft, policy, "new");
    }
    put(store, FOREIGN);
    store.live(changes);
    publish(store);
    store.live(Long.MAX_VALUE);
    requireForeign(store, FOREIGN);
    publish(store);
    requireForeign(store, FOREIGN);

    for (TablePolicy next : TablePolicy.values()) {
      assertThatThrownBy(() -> location(store).requireWritable(next, "/elsewhere"))
          .as("%s", next)
          .isInstanceOf(UnusableLocationException.class);
    }
    requireForeign(store, FOREIGN);
  }

  /** Spark's committer deletes all of its folder, and reads all of a chunk's. */
  @ParameterizedTest
  @EnumSource(
      value = TablePolicy.class,
      names = {"OVERWRITE", "RESUME"})
  void stayBesideATableThatIsPublished(TablePolicy policy) throws IOException {
    Mortality store = Mortality.disk(folder, hadoop);
    List<String> beside =
        FOREIGN.stream()
            .filter(name -> !name.matches("_temporary.*|_chunks/00.*|.*parquet"))
            .toList();
    run(store, TablePolicy.CREATE, "old");
    try (RunLock lock = lock(store);
        TableDraft draft = open(store, lock, policy)) {
      write(draft, policy, "new");
      put(store, beside);
      draft.publish(FORM).complete(Map.of("run", "new"));
    }
    requireForeign(store, beside);
    JsonNode manifest = location(store).manifest().orElseThrow();
    assertThat(manifest.path("run").asText()).isEqualTo("new");
    assertThat(manifest.path("files")).hasSize(policy == TablePolicy.OVERWRITE ? 1 : 2);
    for (JsonNode file : manifest.path("files")) {
      assertThat(store.folder("table").resolve(file.asText())).exists();
    }
  }

  private static void put(Mortality store, List<String> names) throws IOException {
    for (String name : names) {
      Path file = store.folder("table").resolve(name);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, "mine: " + name);
    }
  }

  private static void requireForeign(Mortality store, List<String> names) {
    for (String name : names) {
      assertThat(store.folder("table").resolve(name)).as(name).hasContent("mine: " + name);
    }
  }

  private void run(Mortality store, TablePolicy policy, String value) throws IOException {
    try (RunLock lock = lock(store);
        TableDraft draft = open(store, lock, policy)) {
      write(draft, policy, value);
      draft.publish(FORM).complete(Map.of("run", value));
    }
  }

  private void write(TableDraft draft, TablePolicy policy, String value) throws IOException {
    draft.begin(policy, JsonNodeFactory.instance.objectNode(), Instant.EPOCH, Optional.empty());
    Row row = RowFactory.create(value, "file:/in/" + value, "ok");
    draft.write(
        spark.createDataFrame(List.of(row), SCHEMA).coalesce(1), () -> 1, Compression.SNAPPY);
  }

  /** As {@code detect --resume} does; foreign rows among ours, or a death, may end it. */
  private void publish(Mortality store) {
    try (RunLock lock = lock(store);
        TableDraft draft = open(store, lock, TablePolicy.RESUME)) {
      draft.publish(FORM).complete(Map.of("run", "new"));
    } catch (Exception ended) {
      // What counts is what is left.
    }
  }

  private RunLock lock(Mortality store) throws IOException {
    return RunLock.acquire(location(store), new SparkAttempt("app", 1), Duration.ofHours(1));
  }

  private TableDraft open(Mortality store, RunLock lock, TablePolicy policy) throws IOException {
    return TableDraft.open(spark, location(store), "image", lock, policy);
  }

  private TableLocation location(Mortality store) {
    return TableLocation.of(store.uri("table"), hadoop);
  }
}
