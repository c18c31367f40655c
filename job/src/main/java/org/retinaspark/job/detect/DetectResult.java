package org.retinaspark.job.detect;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.update.UpdateCounts;
import org.retinaspark.udf.pipeline.Failure;

/**
 * What a run did, counted in its table.
 *
 * @param images rows, one an image
 * @param failed rows with status {@code failed}
 * @param faces faces in all rows
 * @param failures number of failed rows by stage and code, as {@code decode/corrupt}
 * @param work how the rows came about
 * @param seconds from the first task to the published table
 * @param provider where the network ran
 * @param output where the table is
 */
public record DetectResult(
    long images,
    long failed,
    long faces,
    Map<String, Long> failures,
    Work work,
    double seconds,
    String provider,
    String output) {

  private static final String INTERNAL = "/" + Failure.INTERNAL;

  /**
   * How the rows came about.
   *
   * @param chunks committed by all processes of the run
   * @param resumed how often a process went on where another had died
   * @param unitsBefore units of work that were done before this process began
   * @param unitsNow units that it did, of which an archive or a part of a table is one
   * @param imagesNow rows that it made of them
   * @param unitsVanished units that were done, but are not in the input any more
   * @param update what became of the older table's rows; absent if the run began with none
   */
  public record Work(
      int chunks,
      int resumed,
      long unitsBefore,
      long unitsNow,
      long imagesNow,
      long unitsVanished,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UpdateCounts update) {}

  /** Keeps an unmodifiable copy. */
  public DetectResult {
    failures = Map.copyOf(failures);
  }

  /** The share of images that failed, from 0 to 1. */
  public double failureRate() {
    return images == 0 ? 0 : (double) failed / images;
  }

  /**
   * Failed images whose error is a bug of ours, or want of memory, and says nothing of the image:
   * code {@code internal} of any stage.
   */
  public long internalFailures() {
    return failures.entrySet().stream()
        .filter(failure -> failure.getKey().endsWith(INTERNAL))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Throughput of this process, start-up and listing excluded. */
  public double imagesPerSecond() {
    return seconds > 0 ? work.imagesNow() / seconds : 0;
  }
}
