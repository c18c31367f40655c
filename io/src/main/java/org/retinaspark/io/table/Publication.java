package org.retinaspark.io.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of hidden rows into the table: Spark's committer adds their files, a mark that holds the
 * manifest says that the new table is whole, and only then the manifest takes its place and the
 * files that the table replaces go. A run that dies before the mark leaves files that the next one
 * deletes; after it, the next one does the rest.
 */
public final class Publication {

  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

  private final SparkSession spark;
  private final TableLocation table;
  private final ChunkLog log;
  private final RunLock lock;
  private final long expectedRows;

  Publication(
      SparkSession spark, TableLocation table, ChunkLog log, RunLock lock, long expectedRows) {
    this.spark = spark;
    this.table = table;
    this.log = log;
    this.lock = lock;
    this.expectedRows = expectedRows;
  }

  /** Ends or undoes the publication at which a run died, and gives what it had committed. */
  static ChunkLog recover(TableLocation table) throws IOException {
    ChunkLog log = ChunkLog.read(table);
    if (table.files().exists(table.paths().published())) {
      LOG.info("the table at {} is whole; deleting what the run left", table.uri());
      finish(table, log);
      return ChunkLog.read(table);
    }
    if (log.session().isEmpty()) {
      clear(table);
      return ChunkLog.read(table);
    }
    List<String> leftovers = table.parts().list();
    leftovers.removeAll(log.kept());
    leftovers.removeAll(log.superseded());
    table.parts().delete(leftovers);
    for (String name : table.names(table.paths().root())) {
      if (TablePaths.isTemporary(name)) {
        table.files().delete(new Path(table.paths().root(), name), true);
      }
    }
    table.files().delete(table.paths().publishing(), false);
    log.deleteUncommitted();
    return log;
  }

  /** What remains once the new table is whole; nobody needs to have begun it. */
  private static void finish(TableLocation table, ChunkLog log) throws IOException {
    table.writeManifest(
        new JsonFile(table.files(), table.paths().published()).read(JsonNode.class));
    table.parts().delete(log.superseded());
    table.deleteChecksums();
    clear(table);
  }

  /** Deletes all of a run; the mark that its table is whole at last. */
  static void clear(TableLocation table) throws IOException {
    TablePaths paths = table.paths();
    for (String name : table.names(paths.chunks())) {
      if (!name.equals(paths.published().getName())) {
        table.files().delete(new Path(paths.chunks(), name), true);
      }
    }
    table.files().delete(paths.chunks(), true);
  }

  void write(Optional<Dataset<Row>> rows, TableFiles form) throws IOException {
    table.files().create(table.paths().publishing(), true).close();
    if (rows.isPresent()) {
      writer(rows.get(), form)
          .mode(SaveMode.Append)
          .options(ParquetOptions.of(rows.get().schema(), form.compression()))
          .parquet(table.uri());
    }
  }

  private DataFrameWriter<Row> writer(Dataset<Row> rows, TableFiles form) throws IOException {
    int count = fileCount(form.bytes());
    // Without a row there is no value to name a folder by, but a table still has a schema.
    if (form.partition().isEmpty() || expectedRows == 0) {
      return rows.coalesce(count).write();
    }
    PartitionColumn column = form.partition().get();
    return column.arranged(rows, count).write().partitionBy(column.name());
  }

  /** So many files that each has about the size. */
  private int fileCount(long fileBytes) throws IOException {
    long bytes = log.chunks().stream().mapToLong(Chunk::bytes).sum();
    if (log.redoes()) {
      for (String name : log.kept()) {
        bytes += table.files().getFileStatus(new Path(table.paths().root(), name)).getLen();
      }
    }
    return Math.toIntExact(bytes / fileBytes + 1);
  }

  /** How many rows the new table must have: one for each image that was handed out. */
  public long expectedRows() {
    return expectedRows;
  }

  /**
   * The rows of the new table.
   *
   * @throws IOException if the table's folder can't be read
   */
  public Dataset<Row> rows() throws IOException {
    List<String> names = table.parts().list();
    names.removeAll(log.superseded());
    return table.read(spark, names);
  }

  /**
   * What moved the files into the table, as its {@code _SUCCESS} has it: {@code magic} on S3. Empty
   * for committers that rename.
   *
   * @throws IOException if the file can't be read
   */
  public Optional<String> committer() throws IOException {
    Path success = table.paths().success();
    FileSystem files = table.files();
    if (!files.exists(success) || files.getFileStatus(success).getLen() == 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        new JsonFile(files, success).read(JsonNode.class).path("committer").textValue());
  }

  /**
   * Ends the publication.
   *
   * @param manifest what made the table, a record or a map, written as JSON
   * @throws IOException if the table's folder can't be changed
   * @throws IllegalStateException if the lock was lost
   */
  public void complete(Object manifest) throws IOException {
    lock.requireHeld();
    new JsonFile(table.files(), table.paths().published()).write(manifest);
    finish(table, log);
  }
}
