package org.retinaspark.job.progress;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.spark.Timeline;

/**
 * How a run's tasks ended: what was left when 95% of the images were done.
 *
 * @param images that were left
 * @param seconds until the last task had ended
 * @param idleCoreSeconds of all cores together, in which they had no task in that time
 * @param slowest the image that kept its task longest, in the whole run; absent if none was done
 */
public record Tail(
    long images,
    double seconds,
    double idleCoreSeconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Slowest slowest) {

  private static final double DONE = 0.95;

  /**
   * An image and how long it kept its task.
   *
   * @param image its key
   * @param seconds from the row before, or the begin of the task, to its own
   */
  public record Slowest(String image, double seconds) {}

  /**
   * The end of a run.
   *
   * @param cores that could run a task each
   */
  public static Tail of(Timeline timeline, int cores) {
    Timeline.Rest rest = timeline.rest(DONE, cores);
    Timeline.Slowest slowest = timeline.slowest();
    return new Tail(
        rest.images(),
        rest.millis() / 1000.0,
        rest.idleMillis() / 1000.0,
        slowest == null ? null : new Slowest(slowest.image(), slowest.millis() / 1000.0));
  }

  /** One sentence for the log. */
  @Override
  public String toString() {
    String line =
        String.format(
            Locale.ROOT,
            "the last 5%% of the images took %.1f s, %.1f core seconds idle",
            seconds,
            idleCoreSeconds);
    return slowest == null
        ? line
        : line
            + String.format(
                Locale.ROOT,
                "; the longest image %.1f s ('%s')",
                slowest.seconds(),
                slowest.image());
  }
}
