package org.retinaspark.io.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.io.table.TableDraft.Damage;
import org.retinaspark.io.table.TableDraft.Sitting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an unfinished run has done so far: its sessions and its committed chunks. A chunk is
 * committed from the moment that its file is here, which is written after its rows. What is damaged
 * counts as never done.
 */
final class ChunkLog {

  private static final Logger LOG = LoggerFactory.getLogger(ChunkLog.class);

  private final TableLocation table;
  private final TablePaths paths;
  private final FileSystem files;
  private final SortedMap<Integer, RunSession> sessions = new TreeMap<>();
  private final SortedMap<Integer, String> lost = new TreeMap<>();
  private final Set<Integer> unlisted = new HashSet<>();
  private final List<Chunk> chunks = new ArrayList<>();
  private final Set<Damage> damaged = new LinkedHashSet<>();

  private ChunkLog(TableLocation table) {
    this.table = table;
    this.paths = table.paths();
    this.files = table.files();
  }

  /**
   * Reads the log.
   *
   * @throws IOException if it can't be reached; damage is noted, and no error
   */
  static ChunkLog read(TableLocation table) throws IOException {
    ChunkLog log = new ChunkLog(table);
    List<String> names = table.names(log.paths.chunks());
    names.sort(null);
    Set<Integer> numbers = new LinkedHashSet<>();
    for (String name : names) {
      if (TablePaths.isCommit(name)) {
        log.readChunk(TablePaths.committed(name));
      }
      TablePaths.sessionNumber(name).ifPresent(numbers::add);
    }
    for (int number : numbers) {
      log.readSession(number);
    }
    log.replaceLost();
    return log;
  }

  private void readChunk(String name) throws IOException {
    try {
      Chunk chunk = new JsonFile(files, paths.commit(name)).read(Chunk.class);
      chunk.columns();
      chunks.add(chunk);
    } catch (DamagedFileException | FileNotFoundException damage) {
      note(new Damage(paths.commit(name).getName(), String.valueOf(damage.getMessage())));
    }
  }

  private void readSession(int number) throws IOException {
    for (Path path : List.of(paths.session(number), paths.sessionCopy(number))) {
      try {
        sessions.put(number, new JsonFile(files, path).read(RunSession.class));
        return;
      } catch (DamagedFileException | FileNotFoundException damage) {
        LOG.warn("'{}' can't be used: {}", path, damage.getMessage());
        lost.put(number, String.valueOf(damage.getMessage()));
      }
    }
  }

  /**
   * All sessions have the same settings, and began at the same table. What one whose own
   * description is lost did again is known from its chunks.
   */
  private void replaceLost() {
    chunks.stream()
        .map(Chunk::session)
        .filter(number -> !sessions.containsKey(number))
        .forEach(number -> lost.putIfAbsent(number, "it is gone"));
    lost.keySet().removeAll(sessions.keySet());
    if (sessions.isEmpty()) {
      return;
    }
    RunSession known = session().orElseThrow();
    for (Map.Entry<Integer, String> session : lost.entrySet()) {
      int number = session.getKey();
      sessions.put(number, known.asOf(number));
      unlist(number, paths.session(number), session.getValue());
    }
    lost.clear();
  }

  /** Why nobody knows of what run the chunks are; empty if that is known, or there are none. */
  Optional<String> unknown() {
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "'%s': %s".formatted(paths.session(lost.firstKey()), lost.get(lost.firstKey())));
  }

  /** Forgets a chunk whose rows are not what they were, so that they are done again. */
  void drop(Chunk chunk, String reason) {
    chunks.remove(chunk);
    note(new Damage(chunk.name(), reason));
  }

  /** The list of what a session does again can't be used. */
  void unlist(int session, Path damagedPart, String reason) {
    unlisted.add(session);
    note(new Damage(damagedPart.getName(), reason));
  }

  /** Whether the list of what a session does again can be used. */
  boolean isListed(RunSession session) {
    return !unlisted.contains(session.number());
  }

  /** Notes what is damaged, for the next session. */
  void note(Damage damage) {
    damaged.add(damage);
    LOG.warn(
        "'{}/{}' is damaged: {}. What it holds is done again",
        paths.chunks(),
        damage.part(),
        damage.reason());
  }

  /** What this session and earlier ones found damaged. */
  List<Damage> damaged() {
    Set<Damage> all = new LinkedHashSet<>();
    sessions.values().forEach(session -> all.addAll(session.damaged()));
    all.addAll(damaged);
    return List.copyOf(all);
  }

  /** Deletes chunks that don't count: those never committed, and damaged ones. */
  void deleteOthers() throws IOException {
    Set<String> committed = new HashSet<>();
    for (Chunk chunk : chunks) {
      committed.add(chunk.name());
      committed.add(paths.commit(chunk.name()).getName());
    }
    DraftFolder draft = DraftFolder.of(table);
    for (String name : table.names(paths.chunks())) {
      boolean chunk = TablePaths.isChunk(name) || TablePaths.isCommit(name);
      if (chunk && !committed.contains(name)) {
        draft.delete(new Path(paths.chunks(), name));
      }
    }
  }

  /** Begins a run or goes on with it. */
  void add(RunSession session) throws IOException {
    new JsonFile(files, paths.sessionCopy(session.number())).write(session);
    new JsonFile(files, paths.session(session.number())).write(session);
    sessions.put(session.number(), session);
  }

  /** Commits a chunk whose rows are written. */
  synchronized void add(Chunk chunk) throws IOException {
    new JsonFile(files, paths.commit(chunk.name())).write(chunk);
    chunks.add(chunk);
  }

  /** The newest session. */
  Optional<RunSession> session() {
    return sessions.values().stream().reduce((earlier, later) -> later);
  }

  /** The sessions, in their order. */
  List<RunSession> sessions() {
    return List.copyOf(sessions.values());
  }

  /** The times of all sessions, of which the last one ends now. */
  List<Sitting> sittings(Instant now) throws IOException {
    Map<Integer, Instant> ends = new HashMap<>();
    for (FileStatus file : PartFiles.entries(files, paths.chunks())) {
      String name = file.getPath().getName();
      if (TablePaths.isCommit(name)) {
        ends.merge(
            Chunk.session(name),
            Instant.ofEpochMilli(file.getModificationTime()),
            (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    session().ifPresent(last -> ends.put(last.number(), now));
    List<Sitting> sittings = new ArrayList<>();
    for (RunSession session : sessions.values()) {
      Instant started = Instant.parse(session.started());
      Duration worked = Duration.between(started, ends.getOrDefault(session.number(), started));
      sittings.add(
          new Sitting(
              session.started(),
              session.settings().path("application").asText(),
              Math.max(0, worked.toMillis()) / 1000.0));
    }
    return sittings;
  }

  /** Whether work was done again, so that earlier rows of it don't count. */
  boolean redoes() {
    return sessions.values().stream().anyMatch(session -> session.replaces() || !isListed(session));
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

  /**
   * Files of an older table whose rows stay; without a run, all that there are. Those that somebody
   * deleted meanwhile are not among them, and their images are done again.
   */
  List<String> kept() throws IOException {
    List<String> present = table.parts().list();
    if (!sessions.isEmpty()) {
      List<String> kept = sessions().get(0).kept();
      present.retainAll(Set.copyOf(kept));
      if (present.size() < kept.size()) {
        LOG.warn(
            "{} of {} files of the table at {} are gone: what the input still has of their images"
                + " is done again",
            kept.size() - present.size(),
            kept.size(),
            table.uri());
      }
    }
    return present;
  }

  /** The committed chunks. */
  synchronized List<Chunk> chunks() {
    return List.copyOf(chunks);
  }
}
