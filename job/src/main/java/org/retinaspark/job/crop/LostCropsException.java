package org.retinaspark.job.crop;

import java.util.Locale;
import java.util.TreeMap;
import org.retinaspark.io.crops.CropCounts;

/** More wanted faces got no crop than {@code --max-failure-rate} allows; nothing was published. */
final class LostCropsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private LostCropsException(String message) {
    super(message);
  }

  /**
   * Judges what would be published.
   *
   * @throws LostCropsException if more failed; the message names the remedies
   */
  static void requireFew(CropCounts counts, double limit, String output) {
    if (counts.failureRate() > limit) {
      throw new LostCropsException(
          String.format(
              Locale.ROOT,
              "%,d of %,d faces got no crop %s, %.2f%%, more than the %.2f%% of"
                  + " --max-failure-rate: nothing was published, and what stood at '%s' is as it"
                  + " was. See where the images are, or allow more with --max-failure-rate",
              counts.failed(),
              counts.crops() + counts.failed(),
              new TreeMap<>(counts.failures()),
              100 * counts.failureRate(),
              100 * limit,
              output));
    }
  }
}
