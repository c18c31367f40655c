package org.retinaspark.job.progress;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a run is.
 *
 * @param done images done, failed ones included
 * @param failed images that failed
 * @param faces faces found
 * @param total images to do
 * @param elapsed since the first image could have been read
 */
public record Progress(long done, long failed, long faces, long total, Duration elapsed) {

  /** For people: images done, images a second, failed, time left. */
  public String line() {
    double seconds = elapsed.toMillis() / 1000.0;
    double rate = seconds > 0 ? done / seconds : 0;
    return String.format(
        Locale.ROOT,
        "%,d of %,d images (%d%%), %.1f images/s, %,d failed, %,d faces, %s",
        done,
        total,
        total == 0 ? 100 : done * 100 / total,
        rate,
        failed,
        faces,
        left(rate));
  }

  private String left(double rate) {
    if (done >= total) {
      return "writing";
    }
    if (rate == 0) {
      return "starting";
    }
    Duration left = Duration.ofSeconds((long) Math.ceil((total - done) / rate));
    return left.toHours() > 0
        ? "%d h %02d min left".formatted(left.toHours(), left.toMinutesPart())
        : "%d:%02d min left".formatted(left.toMinutes(), left.toSecondsPart());
  }
}
