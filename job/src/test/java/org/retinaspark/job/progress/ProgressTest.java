package org.retinaspark.job.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void tellsRateAndTimeLeft() {
    assertThat(new Progress(1000, 3, 2500, OptionalLong.of(4000), Duration.ofSeconds(10)).line())
        .isEqualTo(
            "1,000 of 4,000 images (25%), 100.0 images/s, 3 failed, 2,500 faces, 0:30 min left");
  }

  @Test
  void tellsHours() {
    assertThat(new Progress(100, 0, 0, OptionalLong.of(1_000_000), Duration.ofSeconds(10)).line())
        .endsWith("27 h 46 min left");
  }

  @Test
  void hasNoRateBeforeTheFirstImageAndNoTimeLeftAfterTheLast() {
    assertThat(new Progress(0, 0, 0, OptionalLong.of(10), Duration.ZERO).line())
        .contains("0.0 images/s")
        .endsWith("starting");
    assertThat(new Progress(10, 0, 0, OptionalLong.of(10), Duration.ofSeconds(1)).line())
        .endsWith("writing");
  }

  @Test
  void tellsNoShareOfArchives() {
    assertThat(new Progress(1000, 3, 2500, OptionalLong.empty(), Duration.ofSeconds(10)).line())
        .isEqualTo("1,000 images, 100.0 images/s, 3 failed, 2,500 faces");
  }
}
