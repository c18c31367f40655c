package org.retinaspark.io.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;

/**
 * A table below a folder, for tests of its lock.
 *
 * @param location as the run sees it
 * @param locks the folder of its lock, on the local disk
 */
record LockedTable(TableLocation location, Path locks) {

  static final Duration EXPIRY = Duration.ofMinutes(2);

  static LockedTable in(Path folder) {
    return in(folder, "", new Configuration());
  }

  /** Its file system fails as {@link ShakyFileSystem} is told. */
  static LockedTable shaky(Path folder) {
    return in(folder, "shaky://", ShakyFileSystem.install());
  }

  /** Its disk is full. */
  static LockedTable full(Path folder) {
    return in(folder, "full://", FullDisk.install());
  }

  private static LockedTable in(Path folder, String scheme, Configuration hadoop) {
    Path table = folder.resolve("table");
    return new LockedTable(TableLocation.of(scheme + table, hadoop), table.resolve("_lock"));
  }

  RunLock acquire() throws IOException {
    return acquire(new SparkAttempt("app-1", 1));
  }

  RunLock acquire(SparkAttempt attempt) throws IOException {
    return RunLock.acquire(location, attempt, EXPIRY);
  }

  /** The file of a lock. */
  Path lock(int number) {
    return locks.resolve("%06d".formatted(number));
  }

  /** Lets a lock be as old as if it had not been renewed since before it expired. */
  void age(int number) throws IOException {
    stamp(number, Instant.now().minus(EXPIRY).minusSeconds(60));
  }

  void stamp(int number, Instant time) throws IOException {
    Files.setLastModifiedTime(lock(number), FileTime.from(time));
  }
}
