package org.retinaspark.io.table;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.LocalDisk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hidden folders of an unfinished run, and what Spark's committer leaves beside them: which
 * files there are the run's, and how they go. Whatever else lies there stays.
 */
final class DraftFolder {

  private static final Logger LOG = LoggerFactory.getLogger(DraftFolder.class);

  /** Files that we write ourselves, by their paths in the draft's folder. */
  private static final Pattern OURS =
      Pattern.compile(
          "(?:_draft-)?(?:_session-[0-9]{3,}(?:-copy)?\\.json(?:\\.gz)?"
              + "|[0-9]{3,}-[0-9]{6,}\\.json\\.gz"
              + "|_publishing|_published|_published-copy\\.json\\.gz)"
              + "|_notes/(?:_draft-)?[0-9]{3,}-[0-9]+-[0-9]+\\.json");

  /** Folders that Spark writes. */
  private static final Pattern SPARKS =
      Pattern.compile("(?:[0-9]{3,}-[0-9]{6,}|_replaced-[0-9]{3,}/units)/(.+)");

  private static final Pattern COMMITTERS = Pattern.compile("_SUCCESS|.*\\.pending(?:set)?");

  /** The listings of the inputs, by number, and the keys of their rows. */
  private static final Pattern PLANS =
      Pattern.compile("(?:[0-9]+|keys)/(?:.*/)?(?:part-[^/]+\\.parquet|_SUCCESS)");

  private static final Pattern CHECKSUM = Pattern.compile("((?:.*/)?)\\.([^/]+)\\.crc");

  private final TableLocation table;
  private final TablePaths paths;
  private final FileSystem files;
  private final Optional<DraftMark> mark;
  private final boolean ours;

  private DraftFolder(TableLocation table, Optional<DraftMark> mark, boolean ours) {
    this.table = table;
    this.paths = table.paths();
    this.files = table.files();
    this.mark = mark;
    this.ours = ours;
  }

  /** The one of a table, whether there is one or not. */
  static DraftFolder of(TableLocation table) throws IOException {
    boolean unfinished = table.unfinished();
    Optional<DraftMark> mark = DraftMark.read(table);
    if (mark.isEmpty() && unfinished) {
      mark = DraftMark.ofChunks(table);
    }
    return new DraftFolder(table, mark, mark.isPresent() || unfinished);
  }

  /** Whether a run of ours made it. */
  boolean isOurs() {
    return ours;
  }

  /** What its files are known by; empty if there is no draft, or one of an earlier version. */
  Optional<DraftMark> mark() {
    return mark;
  }

  /** How the names of files begin that Spark writes for the draft. */
  String basename() {
    return mark.map(DraftMark::basename).orElse("part");
  }

  /** Whether the draft wrote a file of this name, wherever it is. */
  boolean wrote(String name) {
    return mark.filter(known -> known.made(name)).isPresent();
  }

  /** A file that isn't the run's, by its path below the table's folder. */
  Optional<String> foreign() throws IOException {
    List<Path> hidden = temporary();
    hidden.add(paths.chunks());
    return foreign(hidden);
  }

  /** A file that isn't the run's where Spark's committer deletes all that there is. */
  Optional<String> foreignTemporary() throws IOException {
    return foreign(temporary());
  }

  private Optional<String> foreign(List<Path> folders) throws IOException {
    for (Path folder : folders) {
      for (Path file : files(folder)) {
        if (!isOurs(file)) {
          return Optional.of(below(file, paths.root()));
        }
      }
    }
    return Optional.empty();
  }

  /** What Spark's committer works in. */
  private List<Path> temporary() throws IOException {
    List<Path> temporary = new ArrayList<>();
    for (FileStatus entry : PartFiles.entries(files, paths.root())) {
      if (TablePaths.isTemporary(entry.getPath().getName())) {
        temporary.add(entry.getPath());
      }
    }
    return temporary;
  }

  /** The files in a folder and below, or a file itself; nothing if it isn't there. */
  private List<Path> files(Path start) throws IOException {
    List<Path> found = new ArrayList<>();
    for (FileStatus entry : PartFiles.entries(files, start)) {
      if (entry.isDirectory() && !isLink(entry.getPath())) {
        found.addAll(files(entry.getPath()));
      } else {
        found.add(entry.getPath());
      }
    }
    return found;
  }

  /** Links are never ours, and may lead anywhere. */
  private boolean isLink(Path path) {
    return files instanceof LocalDisk disk && Files.isSymbolicLink(disk.pathToFile(path).toPath());
  }

  private static String below(Path file, Path folder) {
    return file.toUri().getPath().substring(folder.toUri().getPath().length() + 1);
  }

  private boolean isOurs(Path file) {
    String path = below(file, paths.root());
    String chunks = paths.chunks().getName() + "/";
    if (TablePaths.isTemporary(path.substring(0, Math.max(0, path.indexOf('/'))))) {
      return isSparks(path);
    }
    return path.startsWith(chunks) ? isDrafts(path.substring(chunks.length())) : isPlans(path);
  }

  private boolean isDrafts(String path) {
    String checked = withoutChecksum(path);
    Matcher sparks = SPARKS.matcher(checked);
    return ours
        && (DraftMark.isMark(checked)
            || OURS.matcher(checked).matches()
            || (sparks.matches() && isSparks(sparks.group(1))));
  }

  /** Whether Spark wrote a file for this run. */
  private boolean isSparks(String path) {
    String name = withoutChecksum(path).substring(path.lastIndexOf('/') + 1);
    return COMMITTERS.matcher(name).matches()
        || (mark.isPresent() ? mark.get().made(name) : ours && DraftMark.isSparks(name));
  }

  private static boolean isPlans(String path) {
    return PLANS.matcher(withoutChecksum(path.substring(path.indexOf('/') + 1))).matches();
  }

  /** The path of the file that a checksum of Hadoop's is of; other paths as they are. */
  private static String withoutChecksum(String path) {
    Matcher checksum = CHECKSUM.matcher(path);
    return checksum.matches() ? checksum.group(1) + checksum.group(2) : path;
  }

  /** Deletes all of a run; at last what says that its table is whole, and that it is ours. */
  void clear() throws IOException {
    List<String> names = table.names(paths.chunks());
    names.sort(null);
    for (String name : names) {
      if (!name.equals(paths.published().getName()) && !DraftMark.isMark(name)) {
        delete(new Path(paths.chunks(), name));
      }
    }
    delete(paths.published());
    delete(paths.chunks());
  }

  /** Deletes what Spark's committer left of a publication that died. */
  void deleteTemporary() throws IOException {
    for (Path folder : temporary()) {
      delete(folder);
    }
  }

  /** Deletes a file or folder of ours, but nothing in it that isn't. */
  void delete(Path path) throws IOException {
    List<Path> all = files(path);
    List<Path> own = all.stream().filter(this::isOurs).toList();
    if (own.size() == all.size()) {
      files.delete(path, true);
      return;
    }
    for (Path file : own) {
      files.delete(file, false);
    }
    LOG.warn("'{}' stays, since {} files in it are no run's", path, all.size() - own.size());
  }
}
