package org.retinaspark.io.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.io.UnusableLocationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of hidden rows into the table: Spark's committer adds their files, a mark that holds the
 * manifest says that the new table is whole, and only then the manifest takes its place and the
 * files that the table replaces go. A run that dies before the mark leaves files that the next one
 * deletes; after it, the next one does the rest.
 */
public final class Publication {

  /** Where the manifest lists the table's files. */
  static final String FILES = "files";

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
    DraftFolder draft = DraftFolder.of(table);
    if (log.unknown().isPresent() && draft.mark().isEmpty()) {
      return log;
    }
    if (log.session().isEmpty() && log.unknown().isEmpty()) {
      draft.clear();
      return ChunkLog.read(table);
    }
    table.parts().delete(written(table, log, draft));
    draft.deleteTemporary();
    table.files().delete(table.paths().publishing(), true);
    return log;
  }

  /** What a draft has added to the table's folder. */
  private static List<String> written(TableLocation table, ChunkLog log, DraftFolder draft)
      throws IOException {
    List<String> present = table.parts().list();
    if (draft.mark().isPresent()) {
      return present.stream().filter(part -> draft.wrote(new Path(part).getName())).toList();
    }
    present.removeAll(log.kept());
    present.removeAll(log.superseded());
    if (!present.isEmpty()) {
      throw new UnusableLocationException(
          ("the draft at '%s' has no mark, as those of earlier versions, and was being published:"
                  + " nothing was done, since nobody knows whether %s are its files. Finish it with"
                  + " the version that began it, or choose another --output")
              .formatted(table.uri(), present));
    }
    return present;
  }

  /** What remains once the new table is whole; nobody needs to have begun it. */
  private static void finish(TableLocation table, ChunkLog log) throws IOException {
    // In this order: the older manifest says whose the older files are.
    List<String> superseded = log.superseded();
    superseded.retainAll(Ownership.of(table).parts());
    table.parts().delete(superseded);
    deleteChecksums(table, superseded);
    Optional<JsonNode> manifest = manifest(table);
    if (manifest.isPresent()) {
      table.writeManifest(manifest.get());
    }
    DraftFolder.of(table).clear();
  }

  /**
   * Deletes the checksum files that Hadoop's local disks had beside files of earlier versions.
   *
   * @param deleted files that the table had, besides those that it has
   */
  private static void deleteChecksums(TableLocation table, List<String> deleted)
      throws IOException {
    TablePaths paths = table.paths();
    if (!(table.files() instanceof LocalDisk)) {
      return;
    }
    List<String> names = new ArrayList<>(table.parts().list());
    names.addAll(deleted);
    names.addAll(List.of(paths.manifest().getName(), paths.success().getName()));
    for (String name : names) {
      Path file = new Path(paths.root(), name);
      table.files().delete(new Path(file.getParent(), "." + file.getName() + ".crc"), false);
    }
  }

  /**
   * What the mark holds, or its copy; empty if both are damaged, and then {@code _run.json} has it,
   * since the copy is deleted only after that was written.
   */
  private static Optional<JsonNode> manifest(TableLocation table) throws IOException {
    TablePaths paths = table.paths();
    for (Path mark : List.of(paths.publishedCopy(), paths.published())) {
      try {
        return Optional.of(new JsonFile(table.files(), mark).object());
      } catch (DamagedFileException | FileNotFoundException damage) {
        LOG.warn("'{}' can't be used ({})", mark, damage.getMessage());
      }
    }
    return Optional.empty();
  }

  void write(Optional<Dataset<Row>> rows, TableFiles form) throws IOException {
    Optional<String> foreign = DraftFolder.of(table).foreignTemporary();
    if (foreign.isPresent()) {
      throw new UnusableLocationException(
          ("output '%s' holds '%s', which is not part of a table of ours and would be deleted: the"
                  + " table was not published. Its chunks stay; move the file elsewhere, and go on"
                  + " with --resume")
              .formatted(table.uri(), foreign.get()));
    }
    table.files().create(table.paths().publishing(), true).close();
    if (rows.isPresent()) {
      writer(rows.get(), form)
          .mode(SaveMode.Append)
          .options(ParquetOptions.of(rows.get().schema(), form.compression(), table.files()))
          .option(DraftMark.BASENAME, DraftFolder.of(table).basename())
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
    return table.read(spark, names());
  }

  /** The files of the new table. */
  private List<String> names() throws IOException {
    DraftFolder draft = DraftFolder.of(table);
    List<String> kept = log.kept();
    List<String> names = table.parts().list();
    names.removeAll(log.superseded());
    if (draft.mark().isPresent()) {
      names.removeIf(part -> !kept.contains(part) && !draft.wrote(new Path(part).getName()));
    }
    return names;
  }

  /**
   * What moved the files into the table, as its {@code _SUCCESS} has it: {@code magic} on S3. Empty
   * for committers that rename, and those that write something else there.
   *
   * @throws IOException if the file can't be read
   */
  public Optional<String> committer() throws IOException {
    Path success = table.paths().success();
    FileSystem files = table.files();
    if (!files.exists(success) || files.getFileStatus(success).getLen() == 0) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          new JsonFile(files, success).object().path("committer").textValue());
    } catch (DamagedFileException other) {
      return Optional.empty();
    }
  }

  /**
   * Ends the publication.
   *
   * @param manifest what made the table, a record or a map, written as JSON; the names of the
   *     table's files are added
   * @throws IOException if the table's folder can't be changed
   * @throws IllegalStateException if the lock was lost
   */
  public void complete(Object manifest) throws IOException {
    lock.requireHeld();
    ObjectNode listing = JsonFile.tree(manifest);
    names().stream().sorted().forEach(listing.putArray(FILES)::add);
    new JsonFile(table.files(), table.paths().publishedCopy()).write(listing);
    new JsonFile(table.files(), table.paths().published()).write(listing);
    finish(table, log);
  }
}
