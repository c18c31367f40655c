package org.retinaspark.io.table;

import org.apache.hadoop.fs.Path;

/**
 * Where everything of a table lies. What isn't part of the table begins with an underscore, which
 * hides it from every reader.
 *
 * @param root the table's folder, qualified
 */
record TablePaths(Path root) {

  private static final String COMMIT = ".json.gz";

  /** What made the table. */
  Path manifest() {
    return new Path(root, "_run.json");
  }

  /** What Spark's committer writes last. */
  Path success() {
    return new Path(root, "_SUCCESS");
  }

  /** Whether an entry of the root is what a Spark job works with, and leaves if it dies. */
  static boolean isTemporary(String name) {
    return name.equals("_temporary") || name.startsWith("__magic");
  }

  /** Who writes here. */
  Path locks() {
    return new Path(root, "_lock");
  }

  /** A lock; each that is taken over makes a new one. */
  Path lock(int generation) {
    return new Path(locks(), "%06d".formatted(generation));
  }

  /** All of an unfinished run. */
  Path chunks() {
    return new Path(root, "_chunks");
  }

  /** The rows of a chunk. */
  Path chunk(String name) {
    return new Path(chunks(), name);
  }

  /** What makes a chunk committed. */
  Path commit(String chunk) {
    return new Path(chunks(), chunk + COMMIT);
  }

  /** Whether a file of {@link #chunks()} commits a chunk. */
  static boolean isCommit(String name) {
    return name.endsWith(COMMIT) && !name.startsWith("_");
  }

  /** How a session of the run began. */
  Path session(int number) {
    return new Path(chunks(), "_session-%03d.json".formatted(number));
  }

  /** Whether a file of {@link #chunks()} tells of a session. */
  static boolean isSession(String name) {
    return name.startsWith("_session-") && name.endsWith(".json");
  }

  /** From here on the table's files change. */
  Path publishing() {
    return new Path(chunks(), "_publishing");
  }

  /** From here on the new table is whole, and only cleaning up remains. */
  Path published() {
    return new Path(chunks(), "_published");
  }
}
