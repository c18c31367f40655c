package org.retinaspark.io.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.io.Destination;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.io.UnusableLocationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder with a Parquet table and, beside its files, the manifest of the run that made it. */
public final class TableLocation {

  private static final Logger LOG = LoggerFactory.getLogger(TableLocation.class);

  private final String location;
  private final TablePaths paths;
  private final FileSystem files;

  private TableLocation(String location, TablePaths paths, FileSystem files) {
    this.location = location;
    this.paths = paths;
    this.files = files;
  }

  /**
   * A table's place, whether there is one or not.
   *
   * @throws UnusableLocationException if no file system serves it
   */
  public static TableLocation of(String location, Configuration hadoop) {
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(hadoop);
      return new TableLocation(
          location, new TablePaths(files.makeQualified(path)), LocalDisk.orOther(files, hadoop));
    } catch (IOException | IllegalArgumentException failure) {
      throw UnusableLocationException.because(location, failure);
    }
  }

  /** The qualified path, as Spark takes it. */
  public String uri() {
    return paths.root().toString();
  }

  TablePaths paths() {
    return paths;
  }

  FileSystem files() {
    return files;
  }

  /**
   * Checks that a table may be written here, before any work is done.
   *
   * @param input what the run reads, which must not lie here
   * @throws UnusableLocationException if it may not; the message names the remedy
   */
  public void requireWritable(TablePolicy policy, String input) {
    try {
      new InputGuard(location, paths.root(), files.getConf()).require(input);
      if (policy == TablePolicy.CREATE) {
        requireAbsent();
      }
      requireOurs();
      if (policy.resumes() && !parts().list().isEmpty() && !unfinished()) {
        requireManifest();
      }
    } catch (IOException failure) {
      throw UnusableLocationException.because(location, failure);
    }
  }

  private void requireManifest() {
    String state = "a table without _run.json,";
    try {
      if (manifest().isPresent()) {
        return;
      }
    } catch (UnusableLocationException damage) {
      state = "a table whose " + damage.getMessage() + ",";
    }
    throw new UnusableLocationException(
        ("output '%s' has %s so that nobody knows what made it: nothing was done, since"
                + " rows that don't fit would be added. Restore the file, replace the table with"
                + " --overwrite, or choose another --output")
            .formatted(location, state));
  }

  /**
   * Tries out whether files can be made here.
   *
   * @throws UnusableLocationException with the reason if they can't
   */
  public void tryWriting() {
    new Destination(location, files.getConf()).tryWriting(paths.locks());
  }

  private void requireAbsent() throws IOException {
    if (unfinished()) {
      throw new UnusableLocationException(
          ("output '%s' holds an unfinished run: nothing was done. Go on with it with --resume, or"
                  + " begin again with --overwrite")
              .formatted(location));
    }
    List<String> present = names(paths.root());
    present.removeAll(List.of(paths.locks().getName(), paths.chunks().getName()));
    present.removeIf(TablePaths::isPlan);
    if (!present.isEmpty()) {
      throw new UnusableLocationException(
          ("output '%s' exists already: nothing was done. Choose another --output, replace it with"
                  + " --overwrite, or add what is missing with --resume")
              .formatted(location));
    }
  }

  private void requireOurs() throws IOException {
    Optional<String> foreign = Ownership.of(this).foreign();
    if (foreign.isPresent()) {
      throw new UnusableLocationException(
          ("output '%s' holds '%s', which is not part of a table of ours: nothing was done,"
                  + " since it would be lost or read as part of the table. Move it elsewhere, or"
                  + " choose another --output")
              .formatted(location, foreign.get()));
    }
  }

  /**
   * Whether nothing is here, not even a folder.
   *
   * @throws IOException if the file system doesn't say
   */
  public boolean isAbsent() throws IOException {
    return !files.exists(paths.root());
  }

  /**
   * Deletes the folder if nothing is in it, as after a run that ended before it began.
   *
   * @throws IOException if it can't be deleted
   */
  public void deleteIfEmpty() throws IOException {
    if (names(paths.root()).isEmpty()) {
      files.delete(paths.root(), false);
    }
  }

  /**
   * Checks that no file of a listing lies here, whatever it is called, before anything is deleted.
   *
   * @param units as {@link org.retinaspark.io.images.ImageListing#units} has them
   * @throws UnusableLocationException naming such a file
   */
  public void requireApart(Dataset<Row> units) {
    try {
      if (unfinished() || !parts().list().isEmpty()) {
        new InputGuard(location, paths.root(), files.getConf()).requireAll(units);
      }
    } catch (IOException failure) {
      throw UnusableLocationException.because(location, failure);
    }
  }

  /** Whether a run began here and has not published its table. */
  boolean unfinished() throws IOException {
    return names(paths.chunks()).stream().anyMatch(TablePaths::isLog);
  }

  /**
   * What decided the rows that are there, of an unfinished run or of the table; empty if there are
   * none.
   *
   * @throws IOException if it can't be read
   */
  public Optional<JsonNode> settings() throws IOException {
    return ChunkLog.read(this).session().map(RunSession::settings).or(this::manifest);
  }

  /** The table's files. */
  PartFiles parts() {
    return new PartFiles(files, paths.root());
  }

  /** The names of all that lies in a folder; none if it isn't there. */
  List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    for (FileStatus entry : PartFiles.entries(files, folder)) {
      names.add(entry.getPath().getName());
    }
    return names;
  }

  /**
   * Reads the table: all files that other readers would take for it, with a warning if its manifest
   * lists others.
   *
   * @throws UnusableLocationException if there is none, or it isn't whole
   */
  public Dataset<Row> read(SparkSession spark) {
    List<String> parts;
    try {
      if (files.exists(paths.publishing())) {
        throw new UnusableLocationException(
            ("the table at '%s' is being published, or a run died at it: nothing was read. Wait for"
                    + " the run, or finish it with 'detect --resume'")
                .formatted(location));
      }
      parts = parts().list();
      if (parts.isEmpty()) {
        throw new UnusableLocationException(
            unfinished()
                ? ("the run at '%s' has not published its table yet: nothing was read. Wait for"
                        + " it, or finish it with 'detect --resume'")
                    .formatted(location)
                : "there is no table at '%s': nothing was done. Write one with 'detect --output'"
                    .formatted(location));
      }
    } catch (IOException failure) {
      throw UnusableLocationException.because(location, failure);
    }
    Ownership.doubts(this, parts).forEach(LOG::warn);
    return read(spark, parts, uri());
  }

  /** The rows of some of the table's files. */
  Dataset<Row> read(SparkSession spark, List<String> parts) {
    return read(
        spark,
        parts,
        parts.stream().map(part -> new Path(paths.root(), part).toString()).toArray(String[]::new));
  }

  /** The columns are in the order in which they were written, in folders or not. */
  private Dataset<Row> read(SparkSession spark, List<String> parts, String... read) {
    return parts.stream()
        .filter(part -> part.contains("/"))
        .findFirst()
        .map(part -> PartitionColumn.ofFolder(part).read(spark, uri(), read))
        .map(rows -> PartitionColumn.ordered(rows, columns()))
        .orElseGet(() -> spark.read().options(ParquetOptions.reading()).parquet(read));
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>();
    try {
      manifest().ifPresent(run -> run.path("columns").forEach(name -> columns.add(name.asText())));
    } catch (UnusableLocationException unreadable) {
      LOG.warn("the columns are not in the order of the run: {}", unreadable.getMessage());
    }
    return columns;
  }

  /** Writes the manifest, a record or a map, as JSON. */
  void writeManifest(Object manifest) throws IOException {
    new JsonFile(files, paths.manifest()).write(manifest);
  }

  /**
   * Reads the manifest, if there is one.
   *
   * @throws UnusableLocationException if it can't be read, or is no JSON object
   */
  public Optional<JsonNode> manifest() {
    try {
      return files.exists(paths.manifest())
          ? Optional.of(new JsonFile(files, paths.manifest()).object())
          : Optional.empty();
    } catch (DamagedFileException damage) {
      throw new UnusableLocationException(
          "'%s' can't be used: %s".formatted(paths.manifest(), damage.getMessage()), damage);
    } catch (IOException failure) {
      throw UnusableLocationException.because(paths.manifest().toString(), failure);
    }
  }

  /** The SHA-256 of the manifest's file. */
  public String manifestDigest() throws IOException {
    return new JsonFile(files, paths.manifest()).sha256();
  }
}
