package org.retinaspark.io.table;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.retinaspark.io.UnusableLocationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a table: held by one run at a time, renewed while it lives, and free for
 * others some time after it died; at once, where they can see that its process is gone.
 */
public final class RunLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  /** A lock is renewed so many times before it would expire. */
  private static final int RENEWALS = 4;

  private final TableLocation table;
  private final LockFolder folder;
  private final int generation;
  private final LockOwner owner;
  private final Duration expiry;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(RunLock::daemon);
  private volatile Instant renewed;

  private RunLock(
      TableLocation table, int generation, LockOwner owner, Duration expiry, Clock clock) {
    this.table = table;
    this.folder = new LockFolder(table);
    this.generation = generation;
    this.owner = owner;
    this.expiry = expiry;
    this.clock = clock;
    this.renewed = clock.instant();
  }

  /**
   * Takes the lock of a table, and renews it from then on.
   *
   * @param application Spark's name of the run, told to those who are refused
   * @param expiry without a renewal for so long, the lock of a run counts as left behind
   * @throws UnusableLocationException if another run holds it
   * @throws IOException if the lock can't be written
   */
  public static RunLock acquire(
      TableLocation table, String application, Duration expiry, Clock clock) throws IOException {
    int last = requireFree(table, expiry, clock);
    LockOwner owner = LockOwner.here(application, clock.instant().toString());
    RunLock lock = new RunLock(table, last + 1, owner, expiry, clock);
    if (!lock.folder.create(lock.generation, owner)) {
      throw new UnusableLocationException(
          ("output '%s' was taken by another run just now: nothing was done. Wait until it has"
                  + " ended, or choose another --output")
              .formatted(table.uri()));
    }
    if (last > 0) {
      LOG.info("took over the lock on {} from a run that died", table.uri());
    }
    lock.renewRegularly();
    return lock;
  }

  /**
   * Checks that nobody holds the lock, and gives the number of the last one that was left behind.
   *
   * @throws UnusableLocationException if another run holds it
   * @throws IOException if the locks can't be read
   */
  public static int requireFree(TableLocation table, Duration expiry, Clock clock)
      throws IOException {
    Optional<LockFolder.Entry> last = new LockFolder(table).last();
    if (last.isEmpty()) {
      return 0;
    }
    LockOwner owner = last.get().owner();
    Duration left = Duration.between(clock.instant(), last.get().renewed().plus(expiry));
    if (!left.isNegative() && !owner.hasDied()) {
      throw new UnusableLocationException(
          ("output '%s' is being written by another run (%s): nothing was done. Wait until it has"
                  + " ended; if it died, its lock expires in %d s")
              .formatted(table.uri(), owner, left.toSeconds() + 1));
    }
    return last.get().generation();
  }

  private void renewRegularly() {
    long period = expiry.toMillis() / RENEWALS;
    var unused = timer.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
  }

  /** Says that the run lives, unless another took the lock over. */
  void renew() {
    Instant now = clock.instant();
    try {
      if (isHeld(now) && isLast()) {
        folder.renew(generation, owner);
        renewed = now;
      }
    } catch (IOException failure) {
      LOG.warn("the lock on {} could not be renewed, to be tried again", table.uri(), failure);
    }
  }

  private boolean isLast() throws IOException {
    return folder.last().filter(last -> last.generation() == generation).isPresent();
  }

  private boolean isHeld(Instant now) {
    return now.isBefore(renewed.plus(expiry));
  }

  /**
   * Checks before a step that only the holder may take.
   *
   * @throws IllegalStateException if the lock expired, as after a long pause, or was taken over
   * @throws IOException if the lock can't be read
   */
  public void requireHeld() throws IOException {
    if (!isHeld(clock.instant()) || !isLast()) {
      throw new IllegalStateException(
          ("the lock on '%s' was lost, since it could not be renewed for %d s: another run may"
                  + " write there, and this one ends. What it committed stays, for --resume")
              .formatted(table.uri(), expiry.toSeconds()));
    }
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      // A renewal after the deletion would bring the lock back.
      timer.awaitTermination(expiry.toMillis(), TimeUnit.MILLISECONDS);
      folder.delete(generation);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      LOG.warn("the lock on {} could not be removed, and will expire", table.uri(), failure);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "retinaspark-lock");
    thread.setDaemon(true);
    return thread;
  }
}
