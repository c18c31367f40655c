package org.retinaspark.io.reading;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Tries again what fails for a passing reason, within a time budget. Pauses double and are drawn at
 * random from nothing to the whole ("full jitter"), so that tasks that failed together don't come
 * back together: M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015.
 */
final class Retry {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** What may fail. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException;
  }

  /** A clock, and pauses by it. */
  interface Waiting {

    /** Nanoseconds since some moment. */
    long nanoTime();

    /**
     * Lets time pass.
     *
     * @throws InterruptedIOException if the thread is interrupted
     */
    void pause(Duration time) throws InterruptedIOException;

    /** The machine's time. */
    Waiting REAL =
        new Waiting() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          public void pause(Duration time) throws InterruptedIOException {
            try {
              Thread.sleep(time.toMillis());
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
              throw new InterruptedIOException("interrupted between two attempts to read");
            }
          }
        };
  }

  private final Duration budget;
  private final Waiting waiting;

  Retry(Duration budget, Waiting waiting) {
    this.budget = budget;
    this.waiting = waiting;
  }

  /**
   * Runs an attempt until it succeeds.
   *
   * @throws IOException the attempt's own if it is final; one that tells of the attempts if the
   *     budget is spent; {@link InterruptedIOException} if the thread is interrupted
   */
  <T> T call(Attempt<T> attempt) throws IOException {
    long started = waiting.nanoTime();
    Duration limit = FIRST_PAUSE;
    for (int count = 1; ; count++) {
      try {
        return attempt.run();
      } catch (IOException failure) {
        Duration pause =
            Duration.ofNanos(ThreadLocalRandom.current().nextLong(limit.toNanos() + 1));
        Duration spent = Duration.ofNanos(waiting.nanoTime() - started);
        if (isFinal(failure)) {
          throw failure;
        }
        if (spent.plus(pause).compareTo(budget) >= 0) {
          throw new IOException(
              "still failing after %d attempts in %.1f s: %s"
                  .formatted(count, spent.toMillis() / 1000.0, failure),
              failure);
        }
        waiting.pause(pause);
        limit = limit.multipliedBy(2);
        limit = limit.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : limit;
      }
    }
  }

  /** Whether an attempt is the last: nothing there, no right to it, or this task is to end. */
  private static boolean isFinal(IOException failure) {
    return failure instanceof FileNotFoundException
        || failure instanceof NoSuchFileException
        || failure instanceof AccessDeniedException
        || failure instanceof AccessControlException
        || failure instanceof EOFException
        || failure instanceof UnreadableImageException
        || failure instanceof PathIOException
        || failure instanceof UnsupportedFileSystemException
        || isInterruption(failure);
  }

  /** Whether a failure means that the thread is to stop; a timeout of a socket does not. */
  static boolean isInterruption(Throwable failure) {
    if (Thread.currentThread().isInterrupted() || failure instanceof ClosedByInterruptException) {
      return true;
    }
    return failure instanceof InterruptedIOException
        && !(failure instanceof SocketTimeoutException)
        && !failure.getClass().getSimpleName().equals("ConnectTimeoutException");
  }
}
