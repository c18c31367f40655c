package org.retinaspark.io.table;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.LocalSpark;

/**
 * A small run as {@code detect} makes it: a table that is there, an unfinished run over it, and
 * what goes on with that.
 */
final class SmallRun {

  private SmallRun() {}

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

  static final TableFiles FILES = new TableFiles(1 << 20, Compression.ZSTD, Optional.empty());

  /** The units of the input, and the images that each has. */
  static final Map<String, List<String>> INPUT =
      new TreeMap<>(
          Map.of(
              "a", List.of("a"),
              "b", List.of("b"),
              "c", List.of("c"),
              "d", List.of("d"),
              "e", List.of("e"),
              "s.tar", List.of("s.tar/x", "s.tar/y", "s.tar/z")));

  static final SparkSession SPARK = session();

  /** What is done with a draft. */
  interface Work {

    void on(TableDraft draft) throws IOException;
  }

  /**
   * A table of a failed and another image, and a run over it that is not at its end.
   *
   * @return names of the table's files
   */
  static List<String> beginOverATable(Path output) throws IOException {
    with(
        output,
        TablePolicy.CREATE,
        draft -> {
          begin(draft, TablePolicy.CREATE);
          write(draft, image("d", "ok"), image("e", "failed"));
          draft.publish(FILES).complete(Map.of("made", "old"));
        });
    List<String> parts =
        partFiles(output).stream().map(part -> part.getFileName().toString()).toList();
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
    return parts;
  }

  /** What {@code detect --retry-failed} does. */
  static void resume(Path output) throws IOException {
    with(
        output,
        TablePolicy.RETRY_FAILED,
        draft -> {
          doRest(draft);
          draft.publish(FILES).complete(Map.of("made", "new"));
        });
  }

  static void doRest(TableDraft draft) throws IOException {
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

  static void with(Path output, TablePolicy policy, Work work) throws IOException {
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

  static List<Row> images(Iterable<String> units) {
    List<Row> rows = new ArrayList<>();
    for (String unit : units) {
      INPUT.getOrDefault(unit, List.of()).forEach(image -> rows.add(image(image, "ok")));
    }
    return rows;
  }

  static List<String> json(List<Row> rows) {
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

  static List<String> rows(Path output) {
    return location(output).read(SPARK).orderBy("image").toJSON().collectAsList();
  }

  static TableLocation location(Path output) {
    return TableLocation.of(output.toString(), new Configuration());
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

  static List<Path> partFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith("part-")).toList();
    }
  }
}
