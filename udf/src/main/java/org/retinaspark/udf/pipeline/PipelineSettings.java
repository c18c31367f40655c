package org.retinaspark.udf.pipeline;

import java.io.Serializable;
import java.time.Duration;

/**
 * How far a task works ahead, and how long an image may take.
 *
 * @param readers files that a task reads at once
 * @param readAheadBytes of files read and not yet decoded, at most; a single file may exceed it
 * @param imageTimeout how long reading, and how long decoding, of one image may take
 */
public record PipelineSettings(int readers, long readAheadBytes, Duration imageTimeout)
    implements Serializable {

  /** Eight files at once, 32 MiB, two minutes. */
  public static final PipelineSettings DEFAULT =
      new PipelineSettings(8, 32L << 20, Duration.ofMinutes(2));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  public PipelineSettings {
    require(readers >= 1 && readers <= 256, "--readers", readers, "from 1 to 256");
    require(readAheadBytes >= 1, "--read-ahead", readAheadBytes, "at least 1");
    require(
        imageTimeout.toSeconds() >= 1, "--image-timeout", imageTimeout.toSeconds(), "at least 1");
  }

  private static void require(boolean valid, String option, Number value, String range) {
    if (!valid) {
      throw new IllegalArgumentException(option + " is " + value + ", but must be " + range);
    }
  }
}
