package org.retinaspark.io.table;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * Where everything of a table lies. What isn't part of the table begins with an underscore, which
 * hides it from every reader.
 *
 * @param root the table's folder, qualified
 */
record TablePaths(Path root) {

  private static final String CHUNKS = "_chunks";
  private static final String PLAN = "_plan-";
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String DOCUMENT = ".json.gz";
  private static final Pattern CHUNK = Pattern.compile("[0-9]{3,9}-[0-9]{6,9}");
  private static final Pattern COMMIT = Pattern.compile(CHUNK + "\\.json\\.gz");
  private static final Pattern SESSION =
      Pattern.compile("_session-([0-9]{3,9})(-copy)?\\.json\\.gz");
  private static final Pattern LOCK = Pattern.compile("[0-9]{6,9}");
  private static final Pattern LOCKS =
      Pattern.compile("(" + JsonFile.DRAFT + ")?" + LOCK + "|_probe-" + UUID);
  private static final Pattern PLANS = Pattern.compile(PLAN + UUID);

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
    return name.equals("_temporary") || name.startsWith("__magic_job-");
  }

  /** Who writes here. */
  Path locks() {
    return new Path(root, RunLock.FOLDER);
  }

  /** A lock; whoever takes the table next makes the next number. */
  Path lock(int number) {
    return new Path(locks(), "%06d".formatted(number));
  }

  /** Whether a file of {@link #locks()} has the name of a lock. */
  static boolean isLock(String name) {
    return LOCK.matcher(name).matches();
  }

  /** Whether a file of {@link #locks()} has the name of a lock, or of a file that helps with it. */
  static boolean isLocks(String name) {
    return LOCKS.matcher(name).matches();
  }

  /** A file that tells what the store does and what its clock says. */
  Path probe(String id) {
    return new Path(locks(), "_probe-" + id);
  }

  /** All of an unfinished run. */
  Path chunks() {
    return new Path(root, CHUNKS);
  }

  /** Whether a file is of an unfinished run. */
  static boolean isInDraft(String file) {
    return file.contains("/" + CHUNKS + "/");
  }

  /** The rows of a chunk. */
  Path chunk(String name) {
    return new Path(chunks(), name);
  }

  /** Whether an entry of {@link #chunks()} has the name of a chunk. */
  static boolean isChunk(String name) {
    return CHUNK.matcher(name).matches();
  }

  /** What makes a chunk committed. */
  Path commit(String chunk) {
    return new Path(chunks(), chunk + DOCUMENT);
  }

  /** Whether a file of {@link #chunks()} commits a chunk. */
  static boolean isCommit(String name) {
    return COMMIT.matcher(name).matches();
  }

  /** The name of the chunk that such a file commits. */
  static String committed(String name) {
    return name.substring(0, name.length() - DOCUMENT.length());
  }

  /** How a session of the run began. */
  Path session(int number) {
    return new Path(chunks(), "_session-%03d%s".formatted(number, DOCUMENT));
  }

  /** The same once more, since without it nobody knows what the chunks are. */
  Path sessionCopy(int number) {
    return new Path(chunks(), "_session-%03d-copy%s".formatted(number, DOCUMENT));
  }

  /** The number of the session that a file of {@link #chunks()} tells of; empty if of none. */
  static OptionalInt sessionNumber(String name) {
    Matcher matcher = SESSION.matcher(name);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** Whether a file of {@link #chunks()} is one without which there is no unfinished run. */
  static boolean isLog(String name) {
    return isCommit(name) || sessionNumber(name).isPresent();
  }

  /**
   * Keys of the units whose rows of earlier sessions count no more, since a session does them
   * again.
   */
  Path replaced(int session) {
    // A folder within, since Spark warns of being asked for a path that it would pass over.
    return new Path(chunks(), "_replaced-%03d/units".formatted(session));
  }

  /** What a run finds at its input. */
  Path plan(String run) {
    return new Path(root, PLAN + run);
  }

  /** Whether an entry of the root is such a plan. */
  static boolean isPlan(String name) {
    return PLANS.matcher(name).matches();
  }

  /** What tasks note while they run. */
  Path notes() {
    return new Path(chunks(), "_notes");
  }

  /** From here on the table's files change. */
  Path publishing() {
    return new Path(chunks(), "_publishing");
  }

  /** Holds the manifest. From here on the new table is whole, and only cleaning up remains. */
  Path published() {
    return new Path(chunks(), "_published");
  }

  /** The manifest once more, for the case that the mark is damaged; no mark. */
  Path publishedCopy() {
    return new Path(chunks(), "_published-copy" + DOCUMENT);
  }
}
