package org.retinaspark.udf.runtime;

import java.io.Serializable;

/**
 * When inputs of several tasks go through the network together.
 *
 * @param size inputs a batch, at most
 * @param bytes of a batch's inputs, at most; a single input may exceed it
 * @param waitMillis how long the first input of a batch waits for others
 */
public record BatchLimits(int size, long bytes, int waitMillis) implements Serializable {

  /** Eight inputs, 256 MiB, 5 ms. */
  public static final BatchLimits DEFAULT = new BatchLimits(8, 256L << 20, 5);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  public BatchLimits {
    require(size >= 1, "--batch-size", size, "at least 1");
    require(
        bytes >= 1 && bytes <= Integer.MAX_VALUE,
        "--batch-bytes",
        bytes,
        "from 1 to " + Integer.MAX_VALUE);
    require(waitMillis >= 0, "--batch-wait", waitMillis, "a number of milliseconds, at least 0");
  }

  /** Inputs of so many bytes each that go together, at most. */
  int together(long inputBytes) {
    return (int) Math.max(1, Math.min(size, bytes / inputBytes));
  }

  /** The same limits for a model that takes no larger batches than this. */
  BatchLimits within(int batchLimit) {
    return new BatchLimits(Math.min(size, batchLimit), bytes, waitMillis);
  }

  private static void require(boolean valid, String option, Number value, String range) {
    if (!valid) {
      throw new IllegalArgumentException(option + " is " + value + ", but must be " + range);
    }
  }
}
