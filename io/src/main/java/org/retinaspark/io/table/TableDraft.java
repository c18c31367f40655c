package org.retinaspark.io.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
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
import org.retinaspark.io.UnusableLocationException;
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
  private final ChunkRows stored;
  private final String key;
  private final RunLock lock;
  private final Path plan;
  private final AtomicInteger written = new AtomicInteger();
  private ChunkLog log;

  /**
   * A part of an unfinished run that was damaged, so that its work was done again.
   *
   * @param part its file or folder among those of the run
   * @param reason what was wrong with it
   */
  public record Damage(String part, String reason) {}

  /**
   * The time of one process that worked on a run.
   *
   * @param started when it began to work on images
   * @param application Spark's name for it
   * @param seconds from there to its last commit, by the clocks of driver and store; of the last
   *     process, to the table
   */
  public record Sitting(String started, String application, double seconds) {}

  private TableDraft(
      SparkSession spark, TableLocation table, String key, RunLock lock, ChunkLog log) {
    this.spark = spark;
    this.table = table;
    this.stored = new ChunkRows(spark, table.paths());
    this.key = key;
    this.lock = lock;
    this.plan = table.paths().plan(UUID.randomUUID().toString());
    this.log = log;
  }

  /**
   * Opens what is there, after ending or undoing what a run that died left half done.
   *
   * @param key the column that is unlike in all rows, and names a unit of work
   * @param policy what will be made of it: where it stays, damaged chunks are found, and don't
   *     count
   * @throws UnusableLocationException if so much is damaged that nobody knows what it was
   * @throws IOException if the table's folder can't be read or changed
   */
  public static TableDraft open(
      SparkSession spark, TableLocation table, String key, RunLock lock, TablePolicy policy)
      throws IOException {
    ChunkLog log = Publication.recover(table);
    if (policy.resumes()) {
      log = new ChunkCheck(table, new ChunkRows(spark, table.paths())).usable(log);
    }
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
      DraftFolder.of(table).delete(plan);
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

  /**
   * The times of all processes that worked on this run.
   *
   * @param now when the last one of them ended
   * @throws IOException if the table's folder can't be read
   */
  public List<Sitting> sittings(Instant now) throws IOException {
    return log.sittings(now);
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
   * As {@link #doneUnits}, where each image is a unit of its own.
   *
   * @throws IOException if the table's folder can't be read
   */
  public Optional<Dataset<Row>> doneKeys() throws IOException {
    return rows().map(rows -> DoneUnits.keys(rows.where(FaceTable.startsImage(rows.schema()))));
  }

  /**
   * The rows that are there and count: not those of units that a later session does again. Empty if
   * there are none.
   *
   * @throws IOException if the table's folder can't be read
   */
  public Optional<Dataset<Row>> rows() throws IOException {
    List<String> kept = log.kept();
    return stored.counting(
        log, kept.isEmpty() ? Optional.empty() : Optional.of(table.read(spark, kept)));
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
      DraftFolder.of(table).delete(table.paths().notes());
    }
    Optional<RunSession> last = log.session();
    int number = last.map(RunSession::number).orElse(0) + 1;
    RowChecksum list = replaced.isPresent() ? list(replaced.get(), number) : RowChecksum.NONE;
    List<String> kept = policy.resumes() ? log.kept() : List.of();
    List<String> dropped = policy.resumes() ? List.of() : table.parts().list();
    log.add(
        new RunSession(
            number,
            now.toString(),
            settings,
            kept,
            last.map(RunSession::dropped).orElse(dropped),
            list,
            log.damaged()));
    log.deleteOthers();
  }

  private RowChecksum list(Dataset<Row> replaced, int session) throws IOException {
    Observation observation = new Observation();
    RowChecksum.observe(replaced.select(DoneUnits.UNIT), observation)
        .write()
        .mode(SaveMode.Overwrite)
        .options(ParquetOptions.of(replaced.schema(), Compression.SNAPPY, table.files()))
        .option(DraftMark.BASENAME, DraftFolder.of(table).basename())
        .parquet(table.paths().replaced(session).toString());
    return RowChecksum.of(observation);
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
    RowChecksum.observe(rows, observation)
        .write()
        .options(ParquetOptions.of(rows.schema(), compression, table.files()))
        .option(DraftMark.BASENAME, DraftFolder.of(table).basename())
        .parquet(folder.toString());
    RowChecksum checksum = RowChecksum.of(observation);
    if (checksum.rows() != images.getAsLong()) {
      throw new IllegalStateException(
          ("%d images of a chunk became %d rows: it was not committed, since images would be lost"
                  + " or stand twice. What was committed before stays, for --resume")
              .formatted(images.getAsLong(), checksum.rows()));
    }
    long bytes = 0;
    for (FileStatus file : table.files().listStatus(folder)) {
      bytes += file.getLen();
    }
    lock.requireHeld();
    log.add(new Chunk(name, checksum, bytes, rows.schema().json()));
  }

  /** What was damaged of what the run had done, so that it was done again. */
  public List<Damage> damaged() {
    return log.damaged();
  }

  /**
   * Makes the rows the table that readers see.
   *
   * @throws IOException if the table's folder can't be changed
   * @throws UnusableLocationException if rows are gone that were committed, or two images have one
   *     key; the table is as it was then
   * @throws IllegalStateException if an image has two rows, or the lock was lost; likewise
   */
  public Publication publish(TableFiles form) throws IOException {
    new ChunkCheck(table, stored).requireRows(log.chunks());
    Optional<Dataset<Row>> rows = rows();
    long count = rows.isPresent() ? UniqueKeys.require(images(rows.get()), key) : 0;
    lock.requireHeld();
    Publication publication = new Publication(spark, table, log, lock, count);
    publication.write(log.redoes() ? rows : stored.of(log.chunks()), form);
    return publication;
  }

  private static Dataset<Row> images(Dataset<Row> rows) {
    return rows.where(FaceTable.startsImage(rows.schema()));
  }
}
