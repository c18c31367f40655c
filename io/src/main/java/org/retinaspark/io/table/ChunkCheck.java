package org.retinaspark.io.table;

import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.split;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
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

/** Looks whether what an unfinished run committed comes back as it was written. */
final class ChunkCheck {

  private static final String FOLDER = "folder";

  private final TableLocation table;
  private final ChunkRows stored;

  ChunkCheck(TableLocation table, ChunkRows stored) {
    this.table = table;
    this.stored = stored;
  }

  /**
   * Reads all of it, and takes what is damaged out of the log.
   *
   * @throws IOException if it can't be reached, which says nothing of its state
   */
  void drop(ChunkLog log) throws IOException {
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
