package org.retinaspark.io.table;

import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.split;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.table.TableDraft.Damage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether what an unfinished run committed comes back as it was written. */
final class ChunkCheck {

  private static final Logger LOG = LoggerFactory.getLogger(ChunkCheck.class);

  private final TableLocation table;
  private final ChunkRows stored;

  ChunkCheck(TableLocation table, ChunkRows stored) {
    this.table = table;
    this.stored = stored;
  }

  /**
   * What can be gone on with: reads all of it, and takes what is damaged out of the log.
   *
   * @throws UnusableLocationException if nobody knows what the chunks are, and a table is there
   * @throws IOException if it can't be reached, which says nothing of its state
   */
  ChunkLog usable(ChunkLog read) throws IOException {
    ChunkLog log = read.unknown().isPresent() ? anew(read.unknown().get()) : read;
    Set<String> folders = folders();
    for (Chunk chunk : log.chunks()) {
      if (!folders.contains(chunk.name())) {
        log.drop(chunk, "its folder is gone");
      }
    }
    for (List<Chunk> alike : ChunkRows.alike(log.chunks())) {
      Map<String, RowChecksum> found;
      try {
        found = checksums(alike);
      } catch (Exception unreadable) {
        // One of them, or some: each by itself.
        dropOneByOne(log, alike);
        continue;
      }
      alike.forEach(chunk -> compare(log, chunk, found));
    }
    for (RunSession session : log.sessions()) {
      if (session.replaces() && log.isListed(session)) {
        check(log, session);
      }
    }
    return log;
  }

  /** A log without chunks in place of one that can't be used. */
  private ChunkLog anew(String reason) throws IOException {
    DraftFolder draft = DraftFolder.of(table);
    List<String> older = table.parts().list();
    older.removeIf(part -> draft.wrote(new Path(part).getName()));
    if (!older.isEmpty()) {
      throw new UnusableLocationException(
          ("the unfinished run at '%s' can't go on, since its settings can't be read (%s), and"
                  + " nobody knows which files of the table there were to stay: nothing was done."
                  + " Replace the table with --overwrite; or delete '%s' to give up what the run did,"
                  + " and give --resume then")
              .formatted(table.uri(), reason, table.paths().chunks()));
    }
    LOG.warn(
        "the unfinished run at {} begins again, since its settings can't be read ({})",
        table.uri(),
        reason);
    draft.clear();
    ChunkLog log = ChunkLog.read(table);
    log.note(new Damage(table.paths().chunks().getName(), "its settings can't be read: " + reason));
    return log;
  }

  private Set<String> folders() throws IOException {
    Set<String> folders = new HashSet<>();
    for (FileStatus entry : PartFiles.entries(table.files(), table.paths().chunks())) {
      if (entry.isDirectory()) {
        folders.add(entry.getPath().getName());
      }
    }
    return folders;
  }

  private void dropOneByOne(ChunkLog log, List<Chunk> chunks) throws IOException {
    for (Chunk chunk : chunks) {
      try {
        compare(log, chunk, checksums(List.of(chunk)));
      } catch (Exception unreadable) {
        requireReachable(table.paths().chunk(chunk.name()));
        log.drop(chunk, "its rows can't be read: " + DamagedRows.reason(unreadable));
      }
    }
  }

  private static void compare(ChunkLog log, Chunk chunk, Map<String, RowChecksum> found) {
    RowChecksum rows = found.getOrDefault(chunk.name(), RowChecksum.NONE);
    if (!rows.equals(chunk.rows())) {
      log.drop(chunk, chunk.rows().against(rows));
    }
  }

  private void check(ChunkLog log, RunSession session) throws IOException {
    Path list = table.paths().replaced(session.number());
    String reason;
    try {
      RowChecksum found = RowChecksum.of(stored.replaced(session));
      if (found.equals(session.replaced())) {
        return;
      }
      reason = session.replaced().against(found);
    } catch (Exception unreadable) {
      requireReachable(list);
      reason = "it can't be read: " + DamagedRows.reason(unreadable);
    }
    log.unlist(session.number(), list.getParent(), reason);
  }

  /**
   * Checks that the rows of all chunks are there, without reading them.
   *
   * @throws UnusableLocationException if some are not; the message names the remedy
   */
  void requireRows(List<Chunk> chunks) {
    Map<String, Long> found = new HashMap<>();
    for (List<Chunk> alike : ChunkRows.alike(chunks)) {
      Dataset<Row> rows = stored.ofAlike(alike);
      Column starts = count_if(FaceTable.startsImage(rows.schema()));
      for (Row row : rows.groupBy(folder(rows)).agg(starts).collectAsList()) {
        found.put(row.getString(0), row.getLong(1));
      }
    }
    for (Chunk chunk : chunks) {
      long rows = found.getOrDefault(chunk.name(), 0L);
      if (rows != chunk.rows().rows()) {
        throw new UnusableLocationException(
            ("%d of %d rows are there that were committed as '%s/%s': the table was not published."
                    + " Give --resume, which does them again and keeps the others")
                .formatted(rows, chunk.rows().rows(), table.paths().chunks(), chunk.name()));
      }
    }
  }

  /** The checksums of chunks of one schema that have rows, by name. */
  private Map<String, RowChecksum> checksums(List<Chunk> chunks) {
    Dataset<Row> rows = stored.ofAlike(chunks);
    Column[] columns = RowChecksum.columns(rows.schema());
    Map<String, RowChecksum> checksums = new HashMap<>();
    for (Row row : rows.groupBy(folder(rows)).agg(columns[0], columns[1]).collectAsList()) {
      checksums.put(row.getString(0), RowChecksum.of(row));
    }
    return checksums;
  }

  private static Column folder(Dataset<Row> rows) {
    Column file = rows.metadataColumn("_metadata").getField("file_path");
    return element_at(split(file, "/"), -2);
  }

  /** Checks that files can be read at all, whatever they hold, so that damage is theirs. */
  private void requireReachable(Path folder) throws IOException {
    if (stored.spark().sparkContext().isStopped()) {
      throw new InterruptedIOException("Spark was stopped while the unfinished run was looked at");
    }
    for (FileStatus file : PartFiles.entries(table.files(), folder)) {
      if (file.isFile()) {
        try (InputStream in = table.files().open(file.getPath())) {
          in.transferTo(OutputStream.nullOutputStream());
        } catch (FileNotFoundException
            | EOFException
            | ChecksumException
            | BlockMissingException damage) {
          return;
        }
      }
    }
  }
}
