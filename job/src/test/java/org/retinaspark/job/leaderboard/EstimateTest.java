package org.retinaspark.job.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {

  @Test
  void goesByCellsOfTheSameProtocolAndElseByAll() {
    Estimate estimate = new Estimate();
    assertThat(estimate.of(List.of("vga"))).isEmpty();

    estimate.add("vga", Duration.ofSeconds(10));
    estimate.add("vga", Duration.ofSeconds(20));
    estimate.add("pyramid", Duration.ofMinutes(5));

    assertThat(estimate.of(List.of("vga", "pyramid"))).contains(Duration.ofSeconds(315));
    assertThat(estimate.of(List.of("mxnet"))).contains(Duration.ofSeconds(110));
    assertThat(estimate.of(List.of())).contains(Duration.ZERO);
  }
}
