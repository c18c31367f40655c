package org.retinaspark.io.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.DamagedFileException;

/**
 * The locks of a table: numbered files, of which the last counts; anything else in the folder is
 * passed over. Whoever takes the table makes the next number, so that of two that try it only one
 * succeeds. A number is never used twice while somebody may live who had it: what he still writes
 * goes to a file that nobody looks at.
 */
final class LockFolder {

  private static final String CONDITIONAL =
      CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

  /** Whose own servers decide who of two creates a file. */
  private static final Set<String> EXCLUSIVE =
      Set.of("hdfs", "webhdfs", "swebhdfs", "abfs", "abfss", "gs");

  private final TableLocation table;
  private final TablePaths paths;
  private final FileSystem files;

  LockFolder(TableLocation table) {
    this.table = table;
    this.paths = table.paths();
    this.files = table.files();
  }

  /**
   * A lock that stands.
   *
   * @param number which
   * @param owner who has it; empty while it is being written, or if that was broken off
   * @param renewedMillis when its owner last wrote it, by the clock of the store
   */
  record Entry(int number, Optional<LockOwner> owner, long renewedMillis) {

    /** Whether it is certain that its owner, and whoever came before, will not write any more. */
    boolean isOver() {
      return !isReleased() && owner.filter(LockOwner::hasEnded).isPresent();
    }

    /** Whether it is the mark that {@link #release} leaves. */
    boolean isReleased() {
      return owner.filter(LockOwner::released).isPresent();
    }

    /** Who has it, for people. */
    String text() {
      return owner.map(LockOwner::toString).orElse("unknown as yet");
    }

    boolean isOf(LockOwner other) {
      return owner.filter(known -> known.id().equals(other.id())).isPresent();
    }
  }

  /** The lock that counts. */
  Optional<Entry> last() throws IOException {
    Optional<FileStatus> last = locks().stream().max(Comparator.comparing(LockFolder::number));
    return last.isEmpty() ? Optional.empty() : Optional.of(entry(last.get()));
  }

  private List<FileStatus> locks() throws IOException {
    List<FileStatus> locks = new ArrayList<>();
    try {
      for (FileStatus file : files.listStatus(paths.locks())) {
        if (file.isFile() && TablePaths.isLock(file.getPath().getName())) {
          locks.add(file);
        }
      }
    } catch (FileNotFoundException absent) {
      return List.of();
    }
    return locks;
  }

  private static int number(FileStatus lock) {
    return Integer.parseInt(lock.getPath().getName());
  }

  private Entry entry(FileStatus lock) throws IOException {
    return new Entry(number(lock), owner(lock.getPath()), lock.getModificationTime());
  }

  private Optional<LockOwner> owner(Path lock) throws IOException {
    try {
      return Optional.ofNullable(new JsonFile(files, lock).read(LockOwner.class));
    } catch (DamagedFileException | FileNotFoundException torn) {
      return Optional.empty();
    }
  }

  /** How long ago a lock was renewed, by the clock of the store alone. */
  Duration age(Entry lock) throws IOException {
    Path probe = paths.probe(UUID.randomUUID().toString());
    files.create(probe, true).close();
    try {
      return Duration.ofMillis(
          files.getFileStatus(probe).getModificationTime() - lock.renewedMillis());
    } catch (FileNotFoundException released) {
      // Its owner gave the lock back this moment, and took the probe along.
      return Duration.ZERO;
    } finally {
      files.delete(probe, false);
    }
  }

  /** Whether the store lets only one of two succeed that create the same file. */
  boolean isExclusive() throws IOException {
    if (!isConditional()) {
      return isLocal() || EXCLUSIVE.contains(files.getUri().getScheme());
    }
    // Not all that speak S3's protocol know its conditions; some ignore them.
    Path probe = paths.probe(UUID.randomUUID().toString());
    exclusive(probe).close();
    try {
      exclusive(probe).close();
      return false;
    } catch (IOException refused) {
      return true;
    } finally {
      files.delete(probe, false);
    }
  }

  private boolean isLocal() {
    return files.getUri().getScheme().equals("file");
  }

  private boolean isConditional() throws IOException {
    return files.hasPathCapability(paths.locks(), CONDITIONAL);
  }

  /** Makes a lock unless it is there, and says whether it did. */
  boolean create(int number, LockOwner owner) throws IOException {
    Path lock = paths.lock(number);
    boolean made = false;
    try (OutputStream out = exclusive(lock)) {
      made = true;
      out.write(new JsonFile(files, lock).content(owner));
    } catch (IOException failure) {
      if (!files.exists(lock)) {
        throw failure;
      }
      if (made && owner(lock).isEmpty()) {
        // Nobody took it: there was no room for its content.
        files.delete(lock, false);
        throw failure;
      }
    }
    // A repeated request may be refused though the first one had succeeded; and in a store that
    // ignores the condition the later of two writers wins.
    return owner(lock).filter(there -> there.id().equals(owner.id())).isPresent();
  }

  private OutputStream exclusive(Path file) throws IOException {
    files.mkdirs(file.getParent());
    if (isLocal()) {
      // Hadoop's local file system looks first and creates then.
      return Files.newOutputStream(
          java.nio.file.Path.of(file.toUri().getPath()), StandardOpenOption.CREATE_NEW);
    }
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(file);
    builder.create().overwrite(false);
    if (isConditional()) {
      builder.must(CONDITIONAL, true);
    }
    return builder.build();
  }

  /** Whether an owner came back after a look at its lock. */
  boolean isRenewedSince(Entry look) throws IOException {
    try {
      return !entry(files.getFileStatus(paths.lock(look.number()))).equals(look);
    } catch (FileNotFoundException released) {
      return false;
    }
  }

  /** Says again that a lock is held. */
  void renew(int number, LockOwner owner) throws IOException {
    new JsonFile(files, paths.lock(number)).write(owner);
  }

  /** Takes a lock back that was just made. */
  void withdraw(int number) throws IOException {
    files.delete(paths.lock(number), false);
  }

  /**
   * Gives the lock that counts back. Nothing is left, unless one that was passed over may wake up:
   * then a mark is, so that its number isn't used again.
   */
  void release(int number, LockOwner owner) throws IOException {
    boolean passedOver = false;
    for (FileStatus lock : locks()) {
      passedOver |= number(lock) < number && !entry(lock).isOver();
    }
    if (passedOver) {
      renew(number, owner.afterRelease());
    }
    String mark = passedOver ? paths.lock(number).getName() : "";
    for (String name : table.names(paths.locks())) {
      if (!name.equals(mark) && TablePaths.isLocks(name)) {
        files.delete(new Path(paths.locks(), name), false);
      }
    }
    if (table.names(paths.locks()).isEmpty()) {
      files.delete(paths.locks(), false);
    }
  }
}
