package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.LocalSpark;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.table.TableDraft.Damage;

/**
 * Whatever becomes of a file of an unfinished run: resumed, it gives the table of an undisturbed
 * run. The drafts are made once, and copied for each damage.
 */
class DamagedDraftTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("image", "string")
          .add("container", "string")
          .add("uri", "string")
          .add("length", "long")
          .add("etag", "string")
          .add("modified", "timestamp")
          .add("status", "string")
          .add("scores", "array<float>");

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  private static final TableFiles FILES =
      new TableFiles(1 << 20, Compression.ZSTD, Optional.empty());

  /** In how many places a bit of each file is flipped, one at a time. */
  private static final int FLIPS = Integer.getInteger("retinaspark.test.flips", 3);

  /** Of all damages one in so many is tried, in turn; 1 takes minutes. */
  private static final int STEP = Integer.getInteger("retinaspark.test.step", 3);

  /** The units of the input, and the images that each has. */
  private static final Map<String, List<String>> INPUT =
      new TreeMap<>(
          Map.of(
              "a", List.of("a"),
              "b", List.of("b"),
              "c", List.of("c"),
              "d", List.of("d"),
              "e", List.of("e"),
              "s.tar", List.of("s.tar/x", "s.tar/y", "s.tar/z")));

  private static final SparkSession SPARK = session();

  @TempDir private static Path folder;
  private static List<String> expected = List.of();
  private static List<String> oldParts = List.of();

  /** A way to damage a file. */
  private interface Harm {

    void to(Path file) throws IOException;
  }

  /** What is done with a draft. */
  private interface Work {

    void on(TableDraft draft) throws IOException;
  }

  @BeforeAll
  static void prepare() throws IOException {
    Path chunks = folder.resolve("chunks");
    beginOverATable(chunks);
    Files.writeString(
        Files.createDirectories(chunks.resolve("_chunks/_notes")).resolve("003-7.json"), "[\"a\"]");

    Path whole = copy(chunks, "whole");
    resume(whole);
    expected = rows(whole);
    assertThat(expected).hasSize(8);

    Path publishing = copy(chunks, "publishing");
    with(
        publishing,
        TablePolicy.RETRY_FAILED,
        draft -> {
          doRest(draft);
          draft.publish(FILES);
        });

    Path published = copy(publishing, "published");
    TableLocation table = location(published);
    for (var mark : List.of(table.paths().publishedCopy(), table.paths().published())) {
      new JsonFile(table.files(), mark).write(Map.of("made", "new"));
    }
  }

  /** After any damage a unit has the rows that it had, or counts as not done. */
  @Test
  void onlyWholeUnitsCount() throws IOException {
    Set<String> right = Set.copyOf(json(images(INPUT.keySet())));
    Path draft = folder.resolve("chunks");
    List<String> failures = new ArrayList<>();
    int turn = 0;
    for (String file : files(draft)) {
      if (file.contains("_SUCCESS") || file.contains("/.") || file.contains("_notes")) {
        continue;
      }
      for (var harm : harms(Files.size(draft.resolve(file))).entrySet()) {
        if (turn++ % STEP != 0) {
          continue;
        }
        Path damaged = copy(draft, "damaged");
        harm.getValue().to(damaged.resolve(file));
        try {
          with(
              damaged,
              TablePolicy.RESUME,
              opened -> {
                Dataset<Row> rows = opened.rows().orElseThrow();
                List<Row> good = rows.where("status = 'ok'").collectAsList();
                List<String> done =
                    DoneUnits.of(rows).where("not failed").collectAsList().stream()
                        .map(unit -> unit.getString(0))
                        .toList();
                if (good.size() < images(done).size() || !right.containsAll(json(good))) {
                  failures.add("%s %s: %s".formatted(file, harm.getKey(), good));
                }
              });
        } catch (Exception | Error failure) {
          failures.add("%s %s: %s".formatted(file, harm.getKey(), failure));
        }
      }
    }
    assertThat(failures).isEmpty();
  }

  /** Each file in turn, and each kind of damage; where a run died at its end, its marks too. */
  @ParameterizedTest
  @ValueSource(strings = {"chunks", "publishing", "published"})
  void resumedTableIsThatOfAnUndisturbedRun(String state) throws IOException {
    Path draft = folder.resolve(state);
    List<String> common = state.equals("chunks") ? List.of() : files(folder.resolve("chunks"));
    List<String> failures = new ArrayList<>();
    int kind = 0;
    for (String file : files(draft)) {
      // From the mark on, the files in the table's folder are the table.
      boolean table = state.equals("published") && file.startsWith("part-");
      if (!common.contains(file) && !table) {
        var harms = List.copyOf(harms(Files.size(draft.resolve(file))).entrySet());
        var harm = harms.get(kind++ % harms.size());
        Path damaged = copy(draft, "damaged");
        harm.getValue().to(damaged.resolve(file));
        try {
          resume(damaged);
          if (!rows(damaged).equals(expected)) {
            failures.add("%s %s: %s".formatted(file, harm.getKey(), rows(damaged)));
          }
        } catch (Exception | Error failure) {
          failures.add("%s %s: %s".formatted(file, harm.getKey(), failure));
        }
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void wholeFoldersAreDoneAgain() throws IOException {
    for (String part :
        List.of(
            "_chunks/001-000001",
            "_chunks/001-000002",
            "_chunks/002-000001",
            "_chunks/_replaced-001",
            "_chunks/_replaced-002",
            "_chunks/_notes")) {
      Path damaged = copy(folder.resolve("chunks"), "damaged");
      Harm harm = part.endsWith("1") ? DamagedDraftTest::delete : DamagedDraftTest::makeFile;
      harm.to(damaged.resolve(part));
      resume(damaged);
      assertThat(rows(damaged)).as(part).isEqualTo(expected);
    }
  }

  @Test
  void damageIsToldWithItsReason() throws IOException {
    Path damaged = copy(folder.resolve("chunks"), "damaged");
    for (Path part : partFiles(damaged.resolve("_chunks/002-000001"))) {
      delete(part);
    }
    Path commit = damaged.resolve("_chunks/001-000001.json.gz");
    Files.write(commit, Arrays.copyOf(Files.readAllBytes(commit), 40));
    List<Damage> found = new ArrayList<>();
    // Two processes later it is still known.
    with(damaged, TablePolicy.RETRY_FAILED, DamagedDraftTest::doRest);
    with(damaged, TablePolicy.RESUME, draft -> found.addAll(draft.damaged()));
    assertThat(found)
        .containsExactlyInAnyOrder(
            new Damage(
                "001-000001.json.gz", "it is not whole: Unexpected end of ZLIB input stream"),
            new Damage("002-000001", "0 of its 3 rows are there"));
  }

  @Test
  void withoutSettingsARunBeginsAgainOrIsRefused() throws IOException {
    Path over = copy(folder.resolve("chunks"), "over");
    List<Path> sessions =
        files(over).stream().filter(name -> name.contains("_session")).map(over::resolve).toList();
    for (Path session : sessions) {
      Files.write(session, new byte[0]);
    }
    assertThatThrownBy(() -> resume(over))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("_session-001.json.gz': it is not whole")
        .hasMessageContaining("nobody knows which files of the table there were to stay")
        .hasMessageContaining("--overwrite")
        .hasMessageContaining("delete '");
    for (String part : oldParts) {
      delete(over.resolve(part));
    }
    with(
        over,
        TablePolicy.RETRY_FAILED,
        draft -> assertThat(draft.doneUnits()).as("nothing of it counts").isEmpty());
    resume(over);
    assertThat(rows(over)).isEqualTo(expected);
  }

  @Test
  void imagesOfALostFileOfTheOldTableAreDoneAgain() throws IOException {
    Path damaged = copy(folder.resolve("chunks"), "damaged");
    delete(damaged.resolve(oldParts.get(0)));
    resume(damaged);
    assertThat(rows(damaged)).isEqualTo(expected);
  }

  @Test
  void unreadableFileOfTheOldTableIsNamed() throws IOException {
    Path damaged = copy(folder.resolve("chunks"), "damaged");
    Path part = damaged.resolve(oldParts.get(0));
    Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 100));
    assertThatThrownBy(() -> resume(damaged))
        .satisfies(
            failure ->
                assertThat(DamagedRows.in(failure).orElseThrow())
                    .hasMessageContaining(oldParts.get(0) + "' can't be read (")
                    .hasMessageContaining("Restore the file"));
  }

  /** A table of a failed and another image, and a run over it that is not at its end. */
  private static void beginOverATable(Path output) throws IOException {
    with(
        output,
        TablePolicy.CREATE,
        draft -> {
          begin(draft, TablePolicy.CREATE);
          write(draft, image("d", "ok"), image("e", "failed"));
          draft.publish(FILES).complete(Map.of("made", "old"));
        });
    oldParts = partFiles(output).stream().map(part -> part.getFileName().toString()).toList();
    with(
        output,
        TablePolicy.RETRY_FAILED,
        draft -> {
          begin(draft, TablePolicy.RETRY_FAILED, "e");
          write(draft, image("e", "ok"), image("a", "ok"));
          write(draft, image("s.tar/x", "ok"), image("s.tar/y", "failed"));
        });
    with(
        output,
        TablePolicy.RETRY_FAILED,
        draft -> {
          begin(draft, TablePolicy.RETRY_FAILED, "s.tar");
          write(draft, image("s.tar/x", "ok"), image("s.tar/y", "ok"), image("s.tar/z", "ok"));
        });
  }

  /** What {@code detect --retry-failed} does. */
  private static void resume(Path output) throws IOException {
    with(
        output,
        TablePolicy.RETRY_FAILED,
        draft -> {
          doRest(draft);
          draft.publish(FILES).complete(Map.of("made", "new"));
        });
  }

  private static void doRest(TableDraft draft) throws IOException {
    Map<String, Boolean> done = new TreeMap<>();
    Optional<Dataset<Row>> units = draft.doneUnits();
    if (units.isPresent()) {
      for (Row unit : units.get().collectAsList()) {
        done.put(unit.getAs(DoneUnits.UNIT), unit.getAs(DoneUnits.FAILED));
      }
    }
    List<Row> rows = new ArrayList<>();
    List<String> again = new ArrayList<>();
    for (Map.Entry<String, List<String>> unit : INPUT.entrySet()) {
      if (done.getOrDefault(unit.getKey(), true)) {
        unit.getValue().forEach(image -> rows.add(image(image, "ok")));
        if (done.containsKey(unit.getKey())) {
          again.add(unit.getKey());
        }
      }
    }
    begin(draft, TablePolicy.RETRY_FAILED, again.toArray(String[]::new));
    write(draft, rows.toArray(Row[]::new));
  }

  private static void with(Path output, TablePolicy policy, Work work) throws IOException {
    TableLocation table = location(output);
    try (RunLock lock = RunLock.acquire(table, new SparkAttempt("test", 1), Duration.ofMinutes(2));
        TableDraft draft = TableDraft.open(SPARK, table, "image", lock, policy)) {
      work.on(draft);
    }
  }

  private static void begin(TableDraft draft, TablePolicy policy, String... again)
      throws IOException {
    Optional<Dataset<Row>> replaced =
        again.length == 0
            ? Optional.empty()
            : Optional.of(
                SPARK.createDataFrame(
                    Arrays.stream(again).map(RowFactory::create).toList(), DoneUnits.LIST));
    draft.begin(policy, JsonNodeFactory.instance.objectNode().put("x", 1), TIME, replaced);
  }

  /** A chunk of two files at most. */
  private static void write(TableDraft draft, Row... rows) throws IOException {
    if (rows.length > 0) {
      draft.write(
          SPARK
              .createDataFrame(Arrays.asList(rows), SCHEMA)
              .repartition(2)
              .coalesce(rows.length > 2 ? 2 : 1),
          () -> rows.length,
          Compression.ZSTD);
    }
  }

  private static List<Row> images(Iterable<String> units) {
    List<Row> rows = new ArrayList<>();
    for (String unit : units) {
      INPUT.getOrDefault(unit, List.of()).forEach(image -> rows.add(image(image, "ok")));
    }
    return rows;
  }

  private static List<String> json(List<Row> rows) {
    return SPARK.createDataFrame(rows, SCHEMA).toJSON().collectAsList();
  }

  private static Row image(String image, String status) {
    int slash = image.indexOf('/');
    String uri =
        slash < 0
            ? "file:/in/" + image
            : "file:/in/" + image.substring(0, slash) + "!" + image.substring(slash);
    List<Float> scores = List.of(0.5f, (float) image.hashCode());
    String container = slash < 0 ? null : "file:/in/" + image.substring(0, slash);
    return RowFactory.create(image, container, uri, 5L, "e", Timestamp.from(TIME), status, scores);
  }

  private static Map<String, Harm> harms(long length) {
    Map<String, Harm> harms = new LinkedHashMap<>();
    harms.put("deleted", DamagedDraftTest::delete);
    harms.put("emptied", file -> Files.write(file, new byte[0]));
    harms.put("cut in half", file -> cut(file, length / 2));
    harms.put("cut by a byte", file -> cut(file, length - 1));
    harms.put("overwritten", file -> Files.write(file, garbage((int) length)));
    harms.put("made a folder", DamagedDraftTest::makeFolder);
    for (int flip = 0; flip < FLIPS && length > 0; flip++) {
      int place = (int) (length * (2L * flip + 1) / (2L * FLIPS));
      int bit = flip % 8;
      harms.put("flipped at %d.%d".formatted(place, bit), file -> flip(file, place, bit));
    }
    return harms;
  }

  private static void cut(Path file, long length) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Math.max(0, length)));
  }

  private static byte[] garbage(int length) {
    return "garbage ".repeat(length / 8 + 1).substring(0, length).getBytes(StandardCharsets.UTF_8);
  }

  private static void flip(Path file, int place, int bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[place] ^= (byte) (1 << bit);
    Files.write(file, bytes);
  }

  private static void makeFolder(Path file) throws IOException {
    delete(file);
    Files.createDirectory(file);
  }

  private static void makeFile(Path part) throws IOException {
    delete(part);
    Files.writeString(part, "no folder");
  }

  /** All files of the run, below its folder; the old table's are no part of it. */
  private static List<String> files(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> output.relativize(file).toString())
          .filter(name -> !oldParts.contains(name) && !name.equals("_run.json"))
          .sorted()
          .toList();
    }
  }

  private static List<Path> partFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith("part-")).toList();
    }
  }

  private static List<String> rows(Path output) {
    return location(output).read(SPARK).orderBy("image").toJSON().collectAsList();
  }

  private static TableLocation location(Path output) {
    return TableLocation.of(output.toString(), new Configuration());
  }

  private static Path copy(Path from, String name) throws IOException {
    Path to = folder.resolve(name);
    delete(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Hundreds of small jobs: without what makes large ones fast. */
  private static SparkSession session() {
    SparkSession session = LocalSpark.session().newSession();
    session.conf().set("spark.sql.shuffle.partitions", 1);
    session.conf().set("spark.sql.codegen.wholeStage", false);
    session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    session.conf().set("spark.sql.adaptive.enabled", false);
    return session;
  }
}
