package org.retinaspark.udf.pipeline;

import java.io.IOException;

/**
 * Knows which images have ended the process that looked at them, and is told which one is looked at
 * now.
 */
public interface InFlight {

  /** Knows of none, and needs not be told. */
  InFlight UNWATCHED =
      new InFlight() {
        @Override
        public boolean isDeadly(String image) {
          return false;
        }

        @Override
        public void begin(String image) {}

        @Override
        public void end() {}
      };

  /** Whether an image has ended a process before, and is not to be tried. */
  boolean isDeadly(String image);

  /**
   * An image is going to be read; it may wait until the one before is done.
   *
   * @throws IOException if it can't be noted
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void begin(String image) throws IOException, InterruptedException;

  /** The image's row is made, or the task has ended; tells nothing new if none has begun. */
  void end();
}
