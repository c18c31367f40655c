package org.retinaspark.job.preview;

import org.jspecify.annotations.Nullable;
import org.retinaspark.io.WritePolicy;

/**
 * What {@code preview} is to show.
 *
 * @param detections the table
 * @param input the folder that the table's keys are below; absent to take the table's addresses
 * @param output the folder for the page
 * @param policy what may become of a page that stands there
 * @param limit images to show, the first by key
 * @param minimumScore faces below it are counted, not drawn
 */
public record PreviewConfig(
    String detections,
    @Nullable String input,
    String output,
    WritePolicy policy,
    int limit,
    float minimumScore) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  public PreviewConfig {
    if (limit < 1) {
      throw new IllegalArgumentException("--limit is " + limit + ", but must be at least 1");
    }
    if (!(minimumScore >= 0 && minimumScore <= 1)) {
      throw new IllegalArgumentException(
          "--min-score is " + minimumScore + ", but must be from 0 to 1");
    }
  }
}
