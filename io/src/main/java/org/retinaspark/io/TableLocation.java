package org.retinaspark.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** A folder with a Parquet table and, beside its files, the manifest of the run that made it. */
public final class TableLocation {

  /** The manifest's name; the underscore hides it from readers of the table. */
  private static final String MANIFEST = "_run.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final String location;
  private final Path path;
  private final FileSystem files;

  private TableLocation(String location, Path path, FileSystem files) {
    this.location = location;
    this.path = path;
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
      return new TableLocation(location, files.makeQualified(path), files);
    } catch (IOException | IllegalArgumentException failure) {
      throw unusable(location, failure);
    }
  }

  /** The qualified path, as Spark takes it. */
  public String uri() {
    return path.toString();
  }

  /**
   * Checks that a table may be written here, before any work is done.
   *
   * @param input what the run reads, which must not lie here
   * @throws UnusableLocationException if it may not; the message names the remedy
   */
  public void requireWritable(WritePolicy policy, String input) {
    try {
      Path source = new Path(input).makeQualified(files.getUri(), files.getWorkingDirectory());
      if (source.equals(path) || source.toString().startsWith(path + "/")) {
        throw new UnusableLocationException(
            ("output '%s' holds the input '%s', which writing would destroy: nothing was done."
                    + " Choose another --output")
                .formatted(location, input));
      }
      FileStatus[] present = files.exists(path) ? files.listStatus(path) : new FileStatus[0];
      if (present.length > 0 && policy == WritePolicy.CREATE) {
        throw new UnusableLocationException(
            ("output '%s' exists already: nothing was done. Choose another --output, or replace"
                    + " it with --overwrite")
                .formatted(location));
      }
      for (FileStatus entry : present) {
        requireOurs(entry.getPath().getName());
      }
    } catch (IOException failure) {
      throw unusable(location, failure);
    }
  }

  private void requireOurs(String name) {
    if (!name.startsWith("part-") && !name.startsWith("_") && !name.startsWith(".")) {
      throw new UnusableLocationException(
          ("output '%s' holds '%s', which is not part of a table: nothing was done, since"
                  + " --overwrite would delete it. Choose another --output")
              .formatted(location, name));
    }
  }

  /** Writes a table, in place of what is here; visible only once it is whole. */
  public void write(Dataset<Row> rows, Compression compression) {
    rows.write()
        .mode(SaveMode.Overwrite)
        .option("compression", compression.label())
        .parquet(path.toString());
  }

  /**
   * Reads the table.
   *
   * @throws UnusableLocationException if there is none
   */
  public Dataset<Row> read(SparkSession spark) {
    try {
      if (!files.exists(path)) {
        throw new UnusableLocationException(
            "there is no table at '%s': nothing was done. Write one with 'detect --output'"
                .formatted(location));
      }
    } catch (IOException failure) {
      throw unusable(location, failure);
    }
    return spark.read().parquet(path.toString());
  }

  /**
   * Writes the manifest.
   *
   * @param manifest a record or a map, written as JSON
   * @throws IOException if it can't be written
   */
  public void writeManifest(Object manifest) throws IOException {
    byte[] json = JSON.writeValueAsBytes(manifest);
    try (OutputStream out = files.create(new Path(path, MANIFEST), true)) {
      out.write(json);
      out.write('\n');
    }
  }

  /**
   * Reads the manifest, if there is one.
   *
   * @throws UnusableLocationException if it can't be read
   */
  public Optional<JsonNode> manifest() {
    Path manifest = new Path(path, MANIFEST);
    try {
      if (!files.exists(manifest)) {
        return Optional.empty();
      }
      try (InputStream in = files.open(manifest)) {
        return Optional.of(JSON.readTree(in));
      }
    } catch (IOException failure) {
      throw unusable(manifest.toString(), failure);
    }
  }

  private static UnusableLocationException unusable(String location, Exception failure) {
    return new UnusableLocationException(
        "'%s' can't be used (%s). Check the path and the access to it"
            .formatted(location, failure.getMessage()),
        failure);
  }
}
