package org.retinaspark.io.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What an unfinished run has done so far: its sessions and its committed chunks. A chunk is
 * committed from the moment that its file is here, which is written after its rows.
 */
final class ChunkLog {

  private final TableLocation table;
  private final TablePaths paths;
  private final FileSystem files;
  private final List<RunSession> sessions = new ArrayList<>();
  private final List<Chunk> chunks = new ArrayList<>();

  private ChunkLog(TableLocation table) {
    this.table = table;
    this.paths = table.paths();
    this.files = table.files();
  }

  /** Reads the log. */
  static ChunkLog read(TableLocation table) throws IOException {
    ChunkLog log = new ChunkLog(table);
    List<String> names = table.names(log.paths.chunks());
    names.sort(null);
    for (String name : names) {
      JsonFile file = new JsonFile(log.files, new Path(log.paths.chunks(), name));
      if (TablePaths.isSession(name)) {
        log.sessions.add(file.read(RunSession.class));
      } else if (TablePaths.isCommit(name)) {
        log.chunks.add(file.read(Chunk.class));
      }
    }
    return log;
  }

  /** Deletes the rows of chunks that were never committed. */
  void deleteUncommitted() throws IOException {
    Set<String> committed = new HashSet<>();
    for (Chunk chunk : chunks) {
      committed.add(paths.chunk(chunk.name()).getName());
      committed.add(paths.commit(chunk.name()).getName());
    }
    DraftFolder draft = DraftFolder.of(table);
    for (String name : table.names(paths.chunks())) {
      if (!committed.contains(name) && !name.startsWith("_")) {
        draft.delete(new Path(paths.chunks(), name));
      }
    }
  }

  /** Begins a run or goes on with it. */
  void add(RunSession session) throws IOException {
    new JsonFile(files, paths.session(session.number())).write(session);
    sessions.add(session);
  }

  /** Commits a chunk whose rows are written. */
  synchronized void add(Chunk chunk) throws IOException {
    new JsonFile(files, paths.commit(chunk.name())).write(chunk);
    chunks.add(chunk);
  }

  /** The newest session. */
  Optional<RunSession> session() {
    return sessions.isEmpty() ? Optional.empty() : Optional.of(sessions.get(sessions.size() - 1));
  }

  /** The sessions, in their order. */
  List<RunSession> sessions() {
    return List.copyOf(sessions);
  }

  /** Whether work was done again, so that earlier rows of it don't count. */
  boolean redoes() {
    return sessions.stream().anyMatch(RunSession::replaces);
  }

  /** Files of an older table that the new one replaces. */
  List<String> superseded() {
    List<String> superseded = new ArrayList<>();
    session()
        .ifPresent(
            session -> {
              superseded.addAll(session.dropped());
              superseded.addAll(redoes() ? session.kept() : List.of());
            });
    return superseded;
  }

  /** Files of an older table whose rows stay; without a run, all that there are. */
  List<String> kept() throws IOException {
    return sessions.isEmpty() ? table.parts().list() : sessions.get(0).kept();
  }

  /** The committed chunks. */
  synchronized List<Chunk> chunks() {
    return List.copyOf(chunks);
  }
}
