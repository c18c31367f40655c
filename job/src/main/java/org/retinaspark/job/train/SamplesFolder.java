package org.retinaspark.job.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.CheckedJson;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.io.Destination;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.WholeFile;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.UsageException;

/**
 * A folder with the samples of a training: a table for each round, and what decided them. Samples
 * of other settings don't go together, so it is gone on with by the same only.
 */
final class SamplesFolder {

  private static final String SETTINGS = "_samples.json";

  private static final String ROUND = "round-";

  /** Digits of a digest that tell rounds apart. */
  private static final int DIGITS = 12;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final String location;
  private final FileSystem files;
  private final Path root;
  private final Configuration hadoop;

  /**
   * A folder that may not be there.
   *
   * @throws IOException if no file system serves it
   */
  SamplesFolder(String location, Configuration hadoop) throws IOException {
    FileLocation folder = FileLocation.of(location, hadoop);
    this.location = location;
    this.files = folder.files();
    this.root = folder.path();
    this.hadoop = hadoop;
  }

  /** What a file of settings holds. */
  private record Stored(Map<String, String> settings) {}

  /**
   * Makes it the folder of these settings, or checks that it is.
   *
   * @param settings all that decides the samples of the first round, by the options that set it
   * @throws UsageException if it is of others, naming each difference, or holds anything else
   * @throws IOException if it can't be read or written
   */
  void begin(Map<String, String> settings) throws IOException {
    Optional<Map<String, String>> earlier = settings();
    if (earlier.isPresent()) {
      requireSame(earlier.get(), settings);
      return;
    }
    for (FileStatus entry : entries()) {
      throw new UsageException(
          "--samples '%s' holds '%s', and no samples of ours: nothing was done. Choose another folder"
              .formatted(location, entry.getPath().getName()));
    }
    new Destination(location, hadoop).tryWriting(root);
    files.mkdirs(root);
    byte[] content = JSON.writeValueAsBytes(new Stored(settings));
    new WholeFile(new Path(root, SETTINGS), hadoop).write(out -> out.write(content));
  }

  private List<FileStatus> entries() throws IOException {
    return files.exists(root) ? List.of(files.listStatus(root)) : List.of();
  }

  private Optional<Map<String, String>> settings() throws IOException {
    Path file = new Path(root, SETTINGS);
    if (!files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = files.open(file)) {
      return Optional.of(CheckedJson.read(in.readAllBytes(), Stored.class).settings());
    } catch (DamagedFileException damage) {
      throw new UsageException(
          ("'%s' is damaged (%s): nothing was done, since nobody knows which samples these are."
                  + " Choose another --samples, or delete the folder")
              .formatted(file, damage.getMessage()),
          damage);
    }
  }

  private void requireSame(Map<String, String> before, Map<String, String> now) {
    Set<String> names = new LinkedHashSet<>(now.keySet());
    names.addAll(before.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(before.get(name), now.get(name))) {
        differences.add(
            "%s was %s, is %s"
                .formatted(
                    name,
                    before.getOrDefault(name, "not given"),
                    now.getOrDefault(name, "not given")));
      }
    }
    if (!differences.isEmpty()) {
      throw new UsageException(
          ("'%s' holds samples of other settings (%s): nothing was done, since they don't go"
                  + " together. Give the same, choose another --samples, or delete the folder")
              .formatted(location, String.join("; ", differences)));
    }
  }

  /**
   * Where the table of a round is. Later rounds depend on the head that found their negatives, so
   * that each such head has its own.
   *
   * @param number from 0 on
   * @param miner digest of that head
   */
  String round(int number, String miner) {
    String name =
        number == 0
            ? ROUND + number
            : ROUND + number + "-" + miner.substring(0, Math.min(DIGITS, miner.length()));
    return new Path(root, name).toString();
  }

  /** Whether a round's table was published. */
  boolean isComplete(String round) {
    return TableLocation.of(round, hadoop).manifest().isPresent();
  }

  /** All settings of a map of values of options, by the options' names. */
  static Map<String, String> named(Map<String, Object> values) {
    Map<String, String> named = new LinkedHashMap<>();
    values.forEach((name, value) -> named.put("--" + name, String.valueOf(value)));
    return named;
  }

  /**
   * Deletes the rounds and what decided them; anything else stays.
   *
   * @throws IOException if that can't be done
   */
  void delete() throws IOException {
    for (FileStatus entry : entries()) {
      String name = entry.getPath().getName();
      if (name.equals(SETTINGS) || name.startsWith(ROUND)) {
        files.delete(entry.getPath(), true);
      }
    }
    if (entries().isEmpty()) {
      files.delete(root, false);
    }
  }
}
