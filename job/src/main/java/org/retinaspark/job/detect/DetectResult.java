package org.retinaspark.job.detect;

import java.util.Map;

/**
 * What a run did, counted in its table.
 *
 * @param images rows, one an image
 * @param failed rows with status {@code failed}
 * @param faces faces in all rows
 * @param failures number of failed rows by stage and code, as {@code decode/corrupt}
 * @param seconds from the first task to the written table
 * @param provider where the network ran
 * @param output where the table is
 */
public record DetectResult(
    long images,
    long failed,
    long faces,
    Map<String, Long> failures,
    double seconds,
    String provider,
    String output) {

  /** Keeps an unmodifiable copy. */
  public DetectResult {
    failures = Map.copyOf(failures);
  }

  /** The share of images that failed, from 0 to 1. */
  public double failureRate() {
    return images == 0 ? 0 : (double) failed / images;
  }

  /** Throughput, start-up and listing excluded. */
  public double imagesPerSecond() {
    return seconds > 0 ? images / seconds : 0;
  }
}
