package org.retinaspark.io.table;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * What tells a draft's files from all others: an identifier that stands in the names of all files
 * that Spark writes for it, kept as the name of an empty file in the draft's hidden folder.
 *
 * @param id a UUID
 */
record DraftMark(String id) {

  /** Hadoop's setting of how the names of a job's files begin. */
  static final String BASENAME = "mapreduce.output.basename";

  private static final String UUID_PATTERN = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private static final String PREFIX = "_id-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(" + UUID_PATTERN + ")");
  private static final Pattern MARKED =
      Pattern.compile("part-(%1$s)-[0-9]{5}-%1$s[.-]".formatted(UUID_PATTERN));
  private static final Pattern SPARKS =
      Pattern.compile(
          "part-(?:%1$s-)?[0-9]{5}-%1$s[.-]c[0-9]{3}.*\\.parquet".formatted(UUID_PATTERN));

  /** Of a draft that has none yet. */
  static DraftMark fresh() {
    return new DraftMark(UUID.randomUUID().toString());
  }

  /** The mark of the draft at a table; empty if there is none. */
  static Optional<DraftMark> read(TableLocation table) throws IOException {
    return table.names(table.paths().chunks()).stream()
        .map(NAME::matcher)
        .filter(name -> name.matches())
        .map(name -> new DraftMark(name.group(1)))
        .findFirst();
  }

  /** The mark that the files of a draft's chunks have in their names, where it is lost itself. */
  static Optional<DraftMark> ofChunks(TableLocation table) throws IOException {
    for (String chunk : table.names(table.paths().chunks())) {
      if (TablePaths.isChunk(chunk)) {
        for (String file : table.names(table.paths().chunk(chunk))) {
          Matcher name = MARKED.matcher(file);
          if (name.lookingAt()) {
            return Optional.of(new DraftMark(name.group(1)));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a name is that of a mark. */
  static boolean isMark(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether a name is one that Spark gives to a Parquet file, for us or somebody else. */
  static boolean isSparks(String name) {
    return SPARKS.matcher(name).matches();
  }

  /** Says that the hidden folder is a draft's, before anything else is in it. */
  void write(TableLocation table) throws IOException {
    table.files().create(new Path(table.paths().chunks(), PREFIX + id), true).close();
  }

  /** How the names of its files begin. */
  String basename() {
    return "part-" + id;
  }

  /** Whether it wrote a file of this name. */
  boolean made(String name) {
    return name.startsWith(basename() + "-");
  }
}
