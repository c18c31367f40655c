package org.retinaspark.job.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeSharesTest {

  @Test
  void namesTheSharesOfTheTaskThreads() {
    TimeShares shares =
        new TimeShares(Map.of("network", 8.0, "decodeWait", 1.0, "post", 0.5, "write", 0.5));

    assertThat(shares)
        .hasToString(
            "task time: network 80%, waiting for decoded images 10%, faces 5%, writing 5%;"
                + " the network holds the run up");
  }

  @Test
  void tellsReadingFromDecoding() {
    Map<String, Double> reading =
        Map.of("network", 1.0, "decodeWait", 8.0, "readWait", 7.0, "decode", 1.0);
    Map<String, Double> decoding =
        Map.of("network", 1.0, "decodeWait", 8.0, "readWait", 1.0, "decode", 7.0);

    assertThat(new TimeShares(reading).toString()).contains("reading holds", "--readers");
    assertThat(new TimeShares(decoding).toString()).contains("decoding holds");
  }

  @Test
  void tellsAQueueBeforeTheNetworkAndASlowTable() {
    assertThat(new TimeShares(Map.of("network", 8.0, "queue", 30.0, "infer", 4.0)).toString())
        .endsWith("inputs queue for it");
    assertThat(new TimeShares(Map.of("write", 8.0, "network", 1.0)).toString())
        .endsWith("writing holds the run up");
  }

  @Test
  void aRunWithoutTimeHasNoShares() {
    assertThat(new TimeShares(Map.of()).toString()).doesNotContain("NaN");
  }
}
