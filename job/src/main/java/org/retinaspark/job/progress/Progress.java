package org.retinaspark.job.progress;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How far a run is.
 *
 * @param done images done, failed ones included
 * @param failed images that failed
 * @param faces faces found
 * @param total images to do; absent if archives are counted only as they are read
 * @param elapsed since the first image could have been read
 */
public record Progress(long done, long failed, long faces, OptionalLong total, Duration elapsed) {

  /** For people: images done, images a second, failed, time left. */
  public String line() {
    double seconds = elapsed.toMillis() / 1000.0;
    double rate = seconds > 0 ? done / seconds : 0;
    return String.format(
        Locale.ROOT,
        "%s, %.1f images/s, %,d failed, %,d faces%s",
        total.isPresent()
            ? share(total.getAsLong())
            : String.format(Locale.ROOT, "%,d images", done),
        rate,
        failed,
        faces,
        total.isPresent() ? ", " + left(rate, total.getAsLong()) : "");
  }

  private String share(long all) {
    return String.format(
        Locale.ROOT, "%,d of %,d images (%d%%)", done, all, all == 0 ? 100 : done * 100 / all);
  }

  private String left(double rate, long all) {
    if (done >= all) {
      return "writing";
    }
    if (rate == 0) {
      return "starting";
    }
    Duration left = Duration.ofSeconds((long) Math.ceil((all - done) / rate));
    return left.toHours() > 0
        ? "%d h %02d min left".formatted(left.toHours(), left.toMinutesPart())
        : "%d:%02d min left".formatted(left.toMinutes(), left.toSecondsPart());
  }
}
