package org.retinaspark.udf.pipeline.time;

import java.time.Duration;

/**
 * The one rule of time limits: foreign code that may hang (a store's read, an archive's next
 * member, a decoder) gets so much time by itself, from its beginning to its end. Waiting for one's
 * turn or for room doesn't count. Who waits for the result gives it up once the time is over; the
 * thread that comes back after that learns it, and ends.
 */
public final class TimeLimit {

  private final Duration limit;
  private boolean running;
  private boolean over;
  private long started;

  /** Of so much time. */
  public TimeLimit(Duration limit) {
    this.limit = limit;
  }

  /** Foreign code begins, on the thread that calls. */
  public synchronized void begin() {
    started = System.nanoTime();
    running = true;
  }

  /**
   * Foreign code has ended.
   *
   * @throws GivenUpException if nobody waits for it any more
   */
  public synchronized void end() {
    if (over) {
      throw new GivenUpException();
    }
    running = false;
  }

  /** Gives up what has run for too long; whether it has. */
  public synchronized boolean giveUpIfOver() {
    over |= running && System.nanoTime() - started >= limit.toNanos();
    return over;
  }

  /** Milliseconds until anything could have run for too long; at least 1. */
  public synchronized long remainingMillis() {
    long ran = running ? System.nanoTime() - started : 0;
    return Math.max(1, (limit.toNanos() - ran) / 1_000_000);
  }

  /** The limit, for people. */
  @Override
  public String toString() {
    return "%d s of --image-timeout".formatted(limit.toSeconds());
  }

  /** Ends a thread that was left behind. */
  public static final class GivenUpException extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }
}
