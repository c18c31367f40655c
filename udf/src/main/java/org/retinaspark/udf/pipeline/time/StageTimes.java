package org.retinaspark.udf.pipeline.time;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Nanoseconds by stage, added to by any number of threads.
 *
 * @param nanos one adder a stage
 */
public record StageTimes(Map<Stage, LongAdder> nanos) {

  /** Starts at zero. */
  public StageTimes() {
    this(adders());
  }

  private static Map<Stage, LongAdder> adders() {
    Map<Stage, LongAdder> adders = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      adders.put(stage, new LongAdder());
    }
    return Collections.unmodifiableMap(adders);
  }

  /** Adds so many nanoseconds. */
  public void add(Stage stage, long duration) {
    Objects.requireNonNull(nanos.get(stage)).add(duration);
  }

  /** Nanoseconds of a stage so far. */
  public long of(Stage stage) {
    return Objects.requireNonNull(nanos.get(stage)).sum();
  }

  /** Adds the time from a moment, by {@link System#nanoTime}, to now; and gives now. */
  public long since(Stage stage, long start) {
    long now = System.nanoTime();
    add(stage, now - start);
    return now;
  }
}
