package org.retinaspark.job.detect;

import java.util.Locale;
import java.util.Map;

/** More images failed than {@code --max-failure-rate} allows; the table is as it was. */
public final class TooManyFailuresException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private TooManyFailuresException(String message) {
    super(message);
  }

  /**
   * Judges the rows that would be published.
   *
   * @param failures how many failed, by stage and code
   * @param limit share of failed images, from 0 to 1
   * @throws TooManyFailuresException if there are more; the message names the remedies
   */
  static void requireFew(
      long images, long failed, Map<String, Long> failures, double limit, String output) {
    if (failed > limit * images) {
      throw new TooManyFailuresException(
          String.format(
              Locale.ROOT,
              "%,d of %,d images failed %s, %.2f%%, more than the %.2f%% of --max-failure-rate:"
                  + " nothing was published, and a table at '%s' is as it was. Do the failed ones"
                  + " again with --retry-failed, publish them as they are with --resume"
                  + " --max-failure-rate 1, or begin again with --overwrite",
              failed,
              images,
              failures,
              100.0 * failed / images,
              100 * limit,
              output));
    }
  }
}
