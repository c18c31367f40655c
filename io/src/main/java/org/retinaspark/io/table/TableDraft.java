package org.retinaspark.io.table;

import static org.apache.spark.sql.functions.count_if;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.facetable.FaceTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table in the making, hidden from readers: committed chunks of rows, and the rows that stay of
 * an older table. Needs the table's lock.
 */
public final class TableDraft implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TableDraft.class);

  private final SparkSession spark;
  private final TableLocation table;
  private final String key;
  private final RunLock lock;
  private final Path plan;
  private final AtomicInteger written = new AtomicInteger();
  private ChunkLog log;

  private TableDraft(
      SparkSession spark, TableLocation table, String key, RunLock lock, ChunkLog log) {
    this.spark = spark;
    this.table = table;
    this.key = key;
    this.lock = lock;
    this.plan = table.paths().plan(UUID.randomUUID().toString());
    this.log = log;
  }

  /**
   * Opens what is there, after ending or undoing what a run that died left half done.
   *
   * @param key the column that is unlike in all rows, and names a unit of work
   * @throws IOException if the table's folder can't be read or changed
   */
  public static TableDraft open(SparkSession spark, TableLocation table, String key, RunLock lock)
      throws IOException {
    ChunkLog log = Publication.recover(table);
    for (String name : table.names(table.paths().root())) {
      if (TablePaths.isPlan(name)) {
        DraftFolder.of(table).delete(new Path(table.paths().root(), name));
      }
    }
    return new TableDraft(spark, table, key, lock, log);
  }

  /** Deletes the plan. What is committed stays. */
  @Override
  public void close() {
    try {
      table.files().delete(plan, true);
    } catch (IOException failure) {
      LOG.warn("'{}' could not be deleted; the next run does it", plan, failure);
    }
  }

  /** A folder for what this run finds at its input; it lasts as long as the draft is open. */
  public Path plan() {
    return plan;
  }

  /** Where the table will be, as Spark takes it. */
  public String uri() {
    return table.uri();
  }

  /** What decided the rows that are there; empty if there are none. */
  public Optional<JsonNode> settings() {
    return log.session().map(RunSession::settings).or(table::manifest);
  }

  /** Whether a run began and was not published. */
  public boolean isUnfinished() {
    return log.session().isPresent();
  }

  /** How many processes worked on this run so far, with this one. */
  public int sessions() {
    return log.session().map(RunSession::number).orElse(0);
  }

  /** The committed chunks so far. */
  public int chunks() {
    return log.chunks().size();
  }

  /**
   * The units of work whose rows are there, with what was known of each: see {@link DoneUnits}.
   * Empty if there are none.
   *
   * @throws IOException if the table's folder can't be read
   */
  public Optional<Dataset<Row>> doneUnits() throws IOException {
    return rows().map(DoneUnits::of);
  }

  /**
   * The rows that are there and count: not those of units that a later session does again. Empty if
   * there are none.
   *
   * @throws IOException if the table's folder can't be read
   */
  public Optional<Dataset<Row>> rows() throws IOException {
    List<String> kept = log.kept();
    Optional<Dataset<Row>> rows =
        kept.isEmpty() ? Optional.empty() : Optional.of(table.read(spark, kept));
    List<String> paths = new ArrayList<>();
    for (RunSession session : log.sessions()) {
      if (session.replaces()) {
        Dataset<Row> replaced = read(List.of(table.paths().replaced(session.number()).toString()));
        rows = union(rows, paths).map(older -> DoneUnits.without(older, replaced));
        paths.clear();
      }
      for (Chunk chunk : log.chunks()) {
        if (chunk.session() == session.number()) {
          paths.add(table.paths().chunk(chunk.name()).toString());
        }
      }
    }
    return union(rows, paths);
  }

  private Optional<Dataset<Row>> union(Optional<Dataset<Row>> rows, List<String> paths) {
    if (paths.isEmpty()) {
      return rows;
    }
    Dataset<Row> further = read(paths);
    return Optional.of(rows.map(some -> some.unionByName(further, true)).orElse(further));
  }

  private Dataset<Row> read(List<String> paths) {
    return spark.read().parquet(paths.toArray(String[]::new));
  }

  /**
   * Begins a run, or goes on with one.
   *
   * @param settings what decides the rows, to be compared by who goes on
   * @param replaced units among {@link #doneUnits} that are done again, so that their rows count no
   *     more; empty if there are none
   * @throws IOException if that can't be written
   * @throws IllegalStateException if the lock was lost
   */
  public void begin(
      TablePolicy policy, JsonNode settings, Instant now, Optional<Dataset<Row>> replaced)
      throws IOException {
    lock.requireHeld();
    if (policy == TablePolicy.OVERWRITE) {
      DraftFolder.of(table).clear();
      log = ChunkLog.read(table);
    }
    if (!DraftFolder.of(table).isOurs()) {
      DraftMark.fresh().write(table);
    }
    if (policy == TablePolicy.RETRY_FAILED) {
      table.files().delete(table.paths().notes(), true);
    }
    Optional<RunSession> last = log.session();
    int number = last.map(RunSession::number).orElse(0) + 1;
    if (replaced.isPresent()) {
      replaced
          .get()
          .select(DoneUnits.UNIT)
          .write()
          .mode(SaveMode.Overwrite)
          .options(ParquetOptions.of(replaced.get().schema(), Compression.SNAPPY))
          .option(DraftMark.BASENAME, DraftFolder.of(table).basename())
          .parquet(table.paths().replaced(number).toString());
    }
    List<String> kept = policy.resumes() ? log.kept() : List.of();
    List<String> dropped = policy.resumes() ? List.of() : table.parts().list();
    log.add(
        new RunSession(
            number,
            now.toString(),
            settings,
            kept,
            last.map(RunSession::dropped).orElse(dropped),
            replaced.isPresent()));
  }

  /**
   * What tasks of this session note, with what those of earlier sessions left. To be asked for once
   * the run has begun.
   *
   * @throws IOException if that can't be read
   */
  public TaskNotes notes() throws IOException {
    return TaskNotes.of(
        table,
        sessions(),
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(spark.sparkContext().hadoopConfiguration())));
  }

  /**
   * Writes rows and commits them.
   *
   * @param images how many images were handed out to become these rows, asked when all are written
   * @throws IOException if they can't be committed
   * @throws IllegalStateException if the lock was lost, or an image has no row or several
   */
  public void write(Dataset<Row> rows, LongSupplier images, Compression compression)
      throws IOException {
    RunSession session = log.session().orElseThrow();
    String name = Chunk.name(session.number(), written.incrementAndGet());
    Path folder = table.paths().chunk(name);
    Observation observation = new Observation(name);
    rows.observe(observation, count_if(FaceTable.startsImage(rows.schema())).as("rows"))
        .write()
        .options(ParquetOptions.of(rows.schema(), compression))
        .option(DraftMark.BASENAME, DraftFolder.of(table).basename())
        .parquet(folder.toString());
    long counted = rows(observation);
    if (counted != images.getAsLong()) {
      throw new IllegalStateException(
          ("%d images of a chunk became %d rows: it was not committed, since images would be lost"
                  + " or stand twice. What was committed before stays, for --resume")
              .formatted(images.getAsLong(), counted));
    }
    long bytes = 0;
    for (FileStatus file : table.files().listStatus(folder)) {
      bytes += file.getLen();
    }
    lock.requireHeld();
    log.add(new Chunk(name, counted, bytes));
  }

  private static long rows(Observation observation) throws InterruptedIOException {
    try {
      return ((Number) Objects.requireNonNull(observation.getAsJava().get("rows"))).longValue();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted after a chunk was written");
    }
  }

  /**
   * Makes the rows the table that readers see.
   *
   * @throws IOException if the table's folder can't be changed
   * @throws IllegalStateException if a key has two rows, rows are missing that were committed, or
   *     the lock was lost; the table is as it was then
   */
  public Publication publish(TableFiles form) throws IOException {
    Optional<Dataset<Row>> rows = rows();
    long count = rows.isPresent() ? UniqueKeys.require(images(rows.get()), key) : 0;
    if (!log.redoes() && count != expectedRows()) {
      throw new IllegalStateException(
          ("%d rows are there of %d that were committed: the table was not published. Its chunks"
                  + " stay as they are; begin again with --overwrite")
              .formatted(count, expectedRows()));
    }
    lock.requireHeld();
    Publication publication = new Publication(spark, table, log, lock, count);
    publication.write(log.redoes() ? rows : committedRows(), form);
    return publication;
  }

  /** Rows that were kept and committed, where none of them is replaced. */
  private long expectedRows() throws IOException {
    List<String> kept = log.kept();
    return log.chunks().stream().mapToLong(Chunk::rows).sum()
        + (kept.isEmpty() ? 0 : images(table.read(spark, kept)).count());
  }

  private static Dataset<Row> images(Dataset<Row> rows) {
    return rows.where(FaceTable.startsImage(rows.schema()));
  }

  private Optional<Dataset<Row>> committedRows() {
    List<String> paths =
        log.chunks().stream().map(chunk -> table.paths().chunk(chunk.name()).toString()).toList();
    return paths.isEmpty() ? Optional.empty() : Optional.of(read(paths));
  }
}
