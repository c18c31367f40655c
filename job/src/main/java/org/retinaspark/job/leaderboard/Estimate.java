package org.retinaspark.job.leaderboard;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;

/** How long the rest will take, by the cells that were done: those of the same protocol first. */
final class Estimate {

  private final LongSummaryStatistics all = new LongSummaryStatistics();
  private final Map<String, LongSummaryStatistics> protocols = new HashMap<>();

  /** Notes how long a cell took. */
  void add(String protocol, Duration time) {
    all.accept(time.toMillis());
    protocols
        .computeIfAbsent(protocol, label -> new LongSummaryStatistics())
        .accept(time.toMillis());
  }

  /** The time that cells of these protocols will take; empty as long as none was done. */
  Optional<Duration> of(List<String> rest) {
    if (all.getCount() == 0) {
      return Optional.empty();
    }
    double millis =
        rest.stream()
            .mapToDouble(protocol -> protocols.getOrDefault(protocol, all).getAverage())
            .sum();
    return Optional.of(Duration.ofMillis(Math.round(millis)));
  }
}
