package org.retinaspark.job.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.table.Compression;
import org.retinaspark.io.table.DoneUnits;
import org.retinaspark.io.table.PartitionColumn;
import org.retinaspark.io.table.RunLock;
import org.retinaspark.io.table.SparkAttempt;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.io.table.TableFiles;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.s3.S3Server;

/**
 * Death after the changes that publishing makes, one after the other: a reader sees the old table,
 * the new one or a refusal, never anything between, and whoever resumes gets the new one.
 */
class PublishingDeathsTest {

  /**
   * Of all deaths one in so many is tried, a policy beginning one later than the one before it, so
   * that together they are at each change; 1 takes minutes.
   */
  private static final int STEP = Integer.getInteger("retinaspark.test.step", 4);

  private static final StructType SCHEMA =
      StructType.fromDDL("image STRING, container STRING, uri STRING, made_by STRING");

  private static final List<Row> OLD = List.of(row("a", "old"), row("b", "old"), row("c", "old"));

  @TempDir private Path folder;
  private Optional<PartitionColumn> partition = Optional.empty();
  private final SparkSession spark = LocalSpark.session();
  private final Configuration hadoop = spark.sparkContext().hadoopConfiguration();

  @AfterEach
  void revive() {
    Mortality.disk(folder, hadoop).live(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @EnumSource(TablePolicy.class)
  void onALocalDisk(TablePolicy policy) throws IOException {
    diesEverywhere(Mortality.disk(folder, hadoop), policy);
  }

  /** Of the folders {@code made_by=old} and {@code made_by=new} one becomes empty. */
  @ParameterizedTest
  @EnumSource(
      value = TablePolicy.class,
      names = {"OVERWRITE", "RETRY_FAILED"})
  void inFolders(TablePolicy policy) throws IOException {
    partition = Optional.of(new PartitionColumn("made_by"));
    diesEverywhere(Mortality.disk(folder, hadoop), policy);
  }

  @Test
  void onS3() throws IOException {
    try (S3Server server = S3Server.start(folder, "mortal")) {
      server.settings().forEach(hadoop::set);
      diesEverywhere(Mortality.bucket(server, folder.resolve("mortal")), TablePolicy.OVERWRITE);
    }
  }

  private void diesEverywhere(Mortality store, TablePolicy policy) throws IOException {
    List<String> old = prepare(store, policy);
    copy(store, "prepared", "whole");
    long alive = store.left();
    publish(store, "whole");
    long changes = alive - store.left();
    List<String> expected = rows(store, "whole");
    assertThat(expected).isNotEqualTo(old);
    assertThat(changes).isGreaterThan(10);

    for (long life = List.of(TablePolicy.values()).indexOf(policy) % STEP;
        life < changes;
        life += STEP) {
      String death = "%s after %d of %d changes".formatted(policy, life, changes);
      String table = "dies" + life;
      copy(store, "prepared", table);
      store.live(life);
      // What fails last, deleting the lock, is only warned of.
      Throwable unused = catchThrowableOfType(Exception.class, () -> publish(store, table));
      store.live(Long.MAX_VALUE);

      requireOldOrNewOrRefused(store, table, old, expected, death);
      expireLock(store, table);
      publish(store, table);

      assertThat(rows(store, table)).as(death).isEqualTo(expected);
      assertThat(manifest(store, table)).as(death).isEqualTo("new");
      assertThat(names(store, table)).as(death).noneMatch(name -> name.matches("_(c|t).*|__.*"));
      assertThat(emptyFolders(store, table)).as(death).isEmpty();
    }
  }

  /** A run that has committed all its chunks over an old table, and the rows of that. */
  private List<String> prepare(Mortality store, TablePolicy policy) throws IOException {
    boolean fresh = policy == TablePolicy.CREATE;
    if (!fresh) {
      try (RunLock lock = lock(store, "prepared")) {
        write(draft(store, "prepared", lock), TablePolicy.CREATE, OLD);
      }
      publish(store, "prepared", "old");
    }
    List<String> old = fresh ? List.of() : rows(store, "prepared");
    try (RunLock lock = lock(store, "prepared")) {
      write(draft(store, "prepared", lock), policy, added(policy));
    }
    return old;
  }

  private static List<Row> added(TablePolicy policy) {
    return switch (policy) {
      case CREATE, OVERWRITE -> List.of(row("a", "new"), row("c", "new"), row("d", "new"));
      case RESUME -> List.of(row("d", "new"));
      case RETRY_FAILED -> List.of(row("c", "new"), row("d", "new"));
    };
  }

  private void write(TableDraft draft, TablePolicy policy, List<Row> rows) throws IOException {
    Optional<Dataset<Row>> again =
        policy == TablePolicy.RETRY_FAILED
            ? Optional.of(spark.sql("SELECT 'c' AS " + DoneUnits.UNIT))
            : Optional.empty();
    draft.begin(policy, JsonNodeFactory.instance.objectNode(), Instant.EPOCH, again);
    Dataset<Row> dataset = spark.createDataFrame(rows, SCHEMA).coalesce(1);
    draft.write(dataset, rows::size, Compression.SNAPPY);
  }

  private void publish(Mortality store, String table) throws IOException {
    publish(store, table, "new");
  }

  /** Ends a run as {@code detect --resume} does. */
  private void publish(Mortality store, String table, String manifest) throws IOException {
    try (RunLock lock = lock(store, table)) {
      TableDraft draft = draft(store, table, lock);
      if (draft.isUnfinished()) {
        draft.begin(
            TablePolicy.RESUME,
            JsonNodeFactory.instance.objectNode(),
            Instant.EPOCH,
            Optional.empty());
        draft
            .publish(new TableFiles(1 << 20, Compression.SNAPPY, partition))
            .complete(Map.of("run", manifest));
      }
    }
  }

  private void requireOldOrNewOrRefused(
      Mortality store, String table, List<String> old, List<String> expected, String death) {
    List<String> seen;
    try {
      seen = rows(store, table);
    } catch (UnusableLocationException refused) {
      assertThat(refused).as(death).hasMessageContaining("detect --resume");
      return;
    }
    assertThat(seen).as(death).isIn(old, expected);
    assertThat(manifest(store, table)).as(death).isEqualTo(seen.equals(old) ? "old" : "new");
  }

  private RunLock lock(Mortality store, String table) throws IOException {
    return RunLock.acquire(location(store, table), new SparkAttempt("app", 1), Duration.ofHours(1));
  }

  private TableDraft draft(Mortality store, String table, RunLock lock) throws IOException {
    return TableDraft.open(spark, location(store, table), "image", lock, TablePolicy.RESUME);
  }

  private TableLocation location(Mortality store, String table) {
    return TableLocation.of(store.uri(table), hadoop);
  }

  private List<String> rows(Mortality store, String table) {
    return location(store, table).read(spark).orderBy("image").toJSON().collectAsList();
  }

  private String manifest(Mortality store, String table) {
    return location(store, table)
        .manifest()
        .map(manifest -> manifest.path("run"))
        .map(JsonNode::asText)
        .orElse("");
  }

  private static Row row(String image, String madeBy) {
    return RowFactory.create(image, null, "file:/" + image, madeBy);
  }

  private static void expireLock(Mortality store, String table) throws IOException {
    Path locks = store.folder(table).resolve("_lock");
    if (Files.exists(locks)) {
      try (Stream<Path> files = Files.list(locks)) {
        for (Path lock : files.toList()) {
          Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        }
      }
    }
  }

  private static List<String> names(Mortality store, String table) throws IOException {
    try (Stream<Path> files = Files.list(store.folder(table))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static List<String> emptyFolders(Mortality store, String table) throws IOException {
    List<String> empty = new ArrayList<>();
    for (String name : names(store, table)) {
      if (name.contains("=") && names(store, table + "/" + name).isEmpty()) {
        empty.add(name);
      }
    }
    return empty;
  }

  private static void copy(Mortality store, String from, String to) throws IOException {
    Path source = store.folder(from);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            store.folder(to).resolve(source.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
