package org.retinaspark.io.reading;

import java.io.InterruptedIOException;
import java.time.Duration;

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
