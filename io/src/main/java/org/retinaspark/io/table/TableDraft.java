package org.retinaspark.io.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.reading.StoredImage;

/**
 * A table in the making, hidden from readers: committed chunks of rows, and the rows that stay of
 * an older table. Needs the table's lock.
 */
public final class TableDraft {

  private final SparkSession spark;
  private final TableLocation table;
  private final String key;
  private final RunLock lock;
  private final AtomicInteger written = new AtomicInteger();
  private ChunkLog log;

  private TableDraft(
      SparkSession spark, TableLocation table, String key, RunLock lock, ChunkLog log) {
    this.spark = spark;
    this.table = table;
    this.key = key;
    this.lock = lock;
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
    return new TableDraft(spark, table, key, lock, Publication.recover(table));
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
   * Keys of the units of work whose rows are there.
   *
   * @throws IOException if the table's folder can't be read
   */
  public Set<String> doneUnits() throws IOException {
    Set<String> done = new HashSet<>();
    log.chunks().forEach(chunk -> done.addAll(chunk.units()));
    List<String> kept = paths(log.kept());
    if (!kept.isEmpty()) {
      read(kept)
          .select(key, "uri")
          .toLocalIterator()
          .forEachRemaining(row -> done.add(StoredImage.unit(row.getString(0), row.getString(1))));
    }
    return done;
  }

  /**
   * The rows that are there, of each key the newest; empty if there are none.
   *
   * @throws IOException if the table's folder can't be read
   */
  public Optional<Dataset<Row>> rows() throws IOException {
    TreeMap<Integer, List<String>> attempts = new TreeMap<>();
    List<String> kept = paths(log.kept());
    if (!kept.isEmpty()) {
      attempts.put(0, new ArrayList<>(kept));
    }
    for (Chunk chunk : log.chunks()) {
      attempts
          .computeIfAbsent(chunk.attempt(), attempt -> new ArrayList<>())
          .add(table.paths().chunk(chunk.name()).toString());
    }
    Optional<Dataset<Row>> rows = Optional.empty();
    for (List<String> older : attempts.descendingMap().values()) {
      rows = Optional.of(rows.isEmpty() ? read(older) : replaced(read(older), rows.get()));
    }
    return rows;
  }

  private Dataset<Row> replaced(Dataset<Row> older, Dataset<Row> newer) {
    Dataset<Row> remaining =
        older.join(newer.select(col(key).as("newer")), col(key).equalTo(col("newer")), "left_anti");
    return remaining.unionByName(newer, true);
  }

  private Dataset<Row> read(List<String> paths) {
    return spark.read().parquet(paths.toArray(String[]::new));
  }

  private List<String> paths(List<String> names) {
    return names.stream().map(name -> new Path(table.paths().root(), name).toString()).toList();
  }

  /**
   * Begins a run, or goes on with one.
   *
   * @param settings what decides the rows, to be compared by who goes on
   * @throws IOException if that can't be written
   * @throws IllegalStateException if the lock was lost
   */
  public void begin(TablePolicy policy, JsonNode settings, Instant now) throws IOException {
    lock.requireHeld();
    if (policy == TablePolicy.OVERWRITE) {
      Publication.clear(table);
      log = ChunkLog.read(table);
    }
    int retry = policy == TablePolicy.RETRY_FAILED ? 1 : 0;
    Optional<RunSession> last = log.session();
    List<String> kept = policy.resumes() ? log.kept() : List.of();
    List<String> dropped = policy.resumes() ? List.of() : table.partFiles();
    log.add(
        new RunSession(
            last.map(RunSession::number).orElse(0) + 1,
            last.map(RunSession::attempt).orElse(0) + retry,
            now.toString(),
            settings,
            kept,
            last.map(RunSession::dropped).orElse(dropped)));
  }

  /**
   * Writes rows and commits them.
   *
   * @param units keys of the units of work that they cover
   * @throws IOException if they can't be committed
   * @throws IllegalStateException if the lock was lost
   */
  public void write(Dataset<Row> rows, List<String> units, Compression compression)
      throws IOException {
    RunSession session = log.session().orElseThrow();
    String name = "%03d-%06d".formatted(session.number(), written.incrementAndGet());
    Path folder = table.paths().chunk(name);
    Observation observation = new Observation(name);
    rows.observe(observation, count(lit(1)).as("rows"))
        .write()
        .options(ParquetOptions.of(rows.schema(), compression))
        .parquet(folder.toString());
    long counted = rows(observation);
    long bytes = 0;
    for (FileStatus file : table.files().listStatus(folder)) {
      bytes += file.getLen();
    }
    lock.requireHeld();
    log.add(new Chunk(name, session.attempt(), counted, bytes, units));
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
   * @param fileBytes size of the table's files, about
   * @throws IOException if the table's folder can't be changed
   * @throws IllegalStateException if a key has two rows, or the lock was lost; the table is as it
   *     was then
   */
  public Publication publish(long fileBytes, Compression compression) throws IOException {
    Optional<Dataset<Row>> rows = rows();
    if (rows.isPresent()) {
      UniqueKeys.require(rows.get(), key);
    }
    lock.requireHeld();
    Publication publication = new Publication(spark, table, log, lock);
    publication.write(log.redoes() ? rows : committedRows(), fileBytes, compression);
    return publication;
  }

  private Optional<Dataset<Row>> committedRows() {
    List<String> paths =
        log.chunks().stream().map(chunk -> table.paths().chunk(chunk.name()).toString()).toList();
    return paths.isEmpty() ? Optional.empty() : Optional.of(read(paths));
  }
}
