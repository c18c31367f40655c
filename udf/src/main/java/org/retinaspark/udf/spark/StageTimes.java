package org.retinaspark.udf.spark;

import java.util.concurrent.atomic.AtomicLongArray;

/** Nanoseconds by stage, added to by all threads of a task. */
final class StageTimes {

  private final AtomicLongArray nanos = new AtomicLongArray(Stage.values().length);

  void add(Stage stage, long duration) {
    nanos.addAndGet(stage.ordinal(), duration);
    DetectionMetrics.add(stage, duration);
  }

  /** Adds the time from a moment, by {@link System#nanoTime}, to now; and gives now. */
  long since(Stage stage, long start) {
    long now = System.nanoTime();
    add(stage, now - start);
    return now;
  }

  long nanos(Stage stage) {
    return nanos.get(stage.ordinal());
  }
}
