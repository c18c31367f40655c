package org.retinaspark.io.table;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.retinaspark.io.UnusableLocationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a table: held by one run at a time, renewed while it lives, and free for
 * others some time after it died; at once, where they can see that its process is gone. Time is
 * that of the store alone, so that clocks need not agree. Whoever holds it keeps it until another
 * takes it, however long the store could not be reached.
 */
public final class RunLock implements AutoCloseable {

  /** Where locks stand, in the folder that they are of. */
  public static final String FOLDER = "_lock";

  /** How long without a sign of life a run counts as alive, where nobody says otherwise. */
  public static final Duration DEFAULT_EXPIRY = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  /** A lock is renewed so many times before it would expire. */
  private static final int RENEWALS = 4;

  private final String location;
  private final LockFolder folder;
  private final int number;
  private final LockOwner owner;
  private final Duration expiry;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(RunLock::daemon);

  private RunLock(
      String location, LockFolder folder, int number, LockOwner owner, Duration expiry) {
    this.location = location;
    this.folder = folder;
    this.number = number;
    this.owner = owner;
    this.expiry = expiry;
  }

  /**
   * Takes the lock of a table, and renews it from then on.
   *
   * @param attempt whose run it is, told to those who are refused; a lock that an earlier attempt
   *     of the same application left is taken over at once
   * @param expiry without a renewal for so long, the lock of this run counts as left behind
   * @throws UnusableLocationException if another run holds it
   * @throws IOException if the lock can't be written
   */
  public static RunLock acquire(TableLocation table, SparkAttempt attempt, Duration expiry)
      throws IOException {
    return acquire(table, attempt, expiry, Thread::sleep);
  }

  /** Waits so many milliseconds. */
  @FunctionalInterface
  interface Pause {

    void of(long millis) throws InterruptedException;
  }

  static RunLock acquire(TableLocation table, SparkAttempt attempt, Duration expiry, Pause pause)
      throws IOException {
    LockFolder folder = new LockFolder(table);
    Left left = free(table, folder, attempt, expiry);
    Optional<LockFolder.Entry> last = left.lock();
    if (!left.watch().isZero()) {
      watch(table, folder, left, pause);
    }
    int number = last.map(LockFolder.Entry::number).orElse(0) + 1;
    LockOwner owner = LockOwner.here(attempt, expiry);
    if (!folder.isExclusive()) {
      LOG.warn(
          "the store of {} can't refuse one of two that create the same file: the output can't be"
              + " guarded against a second run that begins at the same moment. Start one at a time",
          table.uri());
    }
    if (!folder.create(number, owner)) {
      throw taken(table);
    }
    if (last.isPresent() && folder.isRenewedSince(last.get())) {
      folder.withdraw(number);
      throw taken(table);
    }
    if (last.filter(before -> !before.isReleased()).isPresent()) {
      LOG.info("took over the lock on {} from a run that died", table.uri());
    }
    RunLock lock = new RunLock(table.uri(), folder, number, owner, expiry);
    lock.renewRegularly();
    return lock;
  }

  private static UnusableLocationException taken(TableLocation table) {
    return new UnusableLocationException(
        ("output '%s' was taken by another run just now: nothing was done. Wait until it has"
                + " ended, or choose another --output")
            .formatted(table.uri()));
  }

  /**
   * Watches a lock for as long as it may go without a renewal.
   *
   * @throws UnusableLocationException if it was renewed
   */
  private static void watch(TableLocation table, LockFolder folder, Left left, Pause pause)
      throws IOException {
    LockFolder.Entry lock = left.lock().orElseThrow();
    LOG.warn(
        "the lock on {} of another run ({}) is stamped later than it is now: whether that run lives"
            + " is seen in {} s",
        table.uri(),
        lock.text(),
        left.watch().toSeconds());
    for (int time = 0; time < RENEWALS; time++) {
      try {
        pause.of(left.watch().toMillis() / RENEWALS);
      } catch (InterruptedException interruption) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while a lock was watched");
      }
      if (folder.isRenewedSince(lock)) {
        throw refusal(table, lock, left.watch());
      }
    }
  }

  /**
   * Checks that nobody holds the lock.
   *
   * @param attempt who asks
   * @param expiry of a lock that doesn't say its own
   * @throws UnusableLocationException if another run holds it
   * @throws IOException if the locks can't be read
   */
  public static void requireFree(TableLocation table, SparkAttempt attempt, Duration expiry)
      throws IOException {
    var unused = free(table, new LockFolder(table), attempt, expiry);
  }

  /**
   * What stands where nobody is known to hold the lock.
   *
   * @param lock the last one, if one was left behind
   * @param watch how long it must stay as it is to count as left behind; zero if that is known
   */
  private record Left(Optional<LockFolder.Entry> lock, Duration watch) {}

  private static Left free(
      TableLocation table, LockFolder folder, SparkAttempt attempt, Duration expiry)
      throws IOException {
    Optional<LockFolder.Entry> last = folder.last();
    if (last.isEmpty() || last.get().isReleased() || last.get().isOver()) {
      return new Left(last, Duration.ZERO);
    }
    Optional<LockOwner> owner = last.get().owner();
    if (owner.filter(before -> before.isBefore(attempt)).isPresent()) {
      return new Left(last, Duration.ZERO);
    }
    Duration ownersExpiry =
        owner.map(LockOwner::expirySeconds).map(Duration::ofSeconds).orElse(expiry);
    Duration left = ownersExpiry.minus(folder.age(last.get()));
    if (left.compareTo(ownersExpiry.multipliedBy(2)) > 0) {
      // Somebody's clock was set: the stamp is so far ahead that it says nothing.
      return new Left(last, ownersExpiry);
    }
    if (!left.isNegative()) {
      throw refusal(table, last.get(), left);
    }
    return new Left(last, Duration.ZERO);
  }

  private static UnusableLocationException refusal(
      TableLocation table, LockFolder.Entry lock, Duration left) {
    return new UnusableLocationException(
        ("output '%s' is being written by another run (%s): nothing was done. Wait until it has"
                + " ended; if it died, its lock expires in %d s")
            .formatted(table.uri(), lock.text(), left.toSeconds() + 1));
  }

  private void renewRegularly() {
    long period = expiry.toMillis() / RENEWALS;
    var unused = timer.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
  }

  /** Says that the run lives, unless another took the lock over. */
  synchronized void renew() {
    try {
      if (isHeld()) {
        folder.renew(number, owner);
      } else {
        LOG.warn("the lock on {} was taken over: this run ends at its next step", location);
      }
    } catch (Throwable failure) {
      // Of any kind, since the timer would drop a task that throws, and say nothing.
      LOG.warn(
          "the lock on {} could not be renewed, to be tried again: {}",
          location,
          failure.toString());
    }
  }

  /** Whether the last lock is this one, or is being rewritten by nobody but this run. */
  private boolean isHeld() throws IOException {
    return folder
        .last()
        .filter(last -> last.isOf(owner) || (last.number() == number && last.owner().isEmpty()))
        .isPresent();
  }

  /**
   * Checks before a step that only the holder may take. The lock is renewed with it, so that nobody
   * takes it over while the step is short.
   *
   * @throws IllegalStateException if the lock was taken over, as during a long pause
   * @throws IOException if the store can't be reached
   */
  public synchronized void requireHeld() throws IOException {
    if (isHeld()) {
      folder.renew(number, owner);
      // Again: whoever takes over looks for a renewal after its own lock is there.
      if (isHeld()) {
        return;
      }
    }
    throw new IllegalStateException(
        ("the lock on '%s' was lost (%s), since it was not renewed for %d s or was deleted: another"
                + " run may write there, and this one ends. What 'detect' committed stays, for"
                + " --resume")
            .formatted(location, holder(), expiry.toSeconds()));
  }

  private String holder() throws IOException {
    return folder
        .last()
        .map(
            last ->
                "lock %06d: %s"
                    .formatted(
                        last.number(), last.owner().map(LockOwner::toString).orElse("unreadable")))
        .orElse("it is gone");
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      // A renewal after the release would bring the lock back.
      if (timer.awaitTermination(expiry.toMillis(), TimeUnit.MILLISECONDS) && isHeld()) {
        folder.release(number, owner);
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException failure) {
      LOG.warn("the lock on {} could not be removed, and will expire", location, failure);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "retinaspark-lock");
    thread.setDaemon(true);
    return thread;
  }
}
