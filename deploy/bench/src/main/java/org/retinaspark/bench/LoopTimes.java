package org.retinaspark.bench;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.atomic.LongAdder;

/** Where the threads of a loop spend their time, summed over threads and images. */
final class LoopTimes {

  /** What is done to an image, in this order. */
  enum Stage {
    READ,
    DECODE,
    FILL,
    INFER,
    POST
  }

  private final Map<Stage, LongAdder> nanos = new EnumMap<>(Stage.class);

  LoopTimes() {
    for (Stage stage : Stage.values()) {
      nanos.put(stage, new LongAdder());
    }
  }

  /** Adds the time since {@code started} to a stage; returns the present, where the next starts. */
  long ended(Stage stage, long started) {
    long now = System.nanoTime();
    Objects.requireNonNull(nanos.get(stage)).add(now - started);
    return now;
  }

  void reset() {
    nanos.values().forEach(LongAdder::reset);
  }

  /** A JSON object: thread seconds of each stage. */
  String json() {
    StringJoiner fields = new StringJoiner(", ", "{", "}");
    nanos.forEach(
        (stage, sum) ->
            fields.add(
                "\"%s\": %.3f".formatted(stage.name().toLowerCase(Locale.ROOT), sum.sum() / 1e9)));
    return fields.toString();
  }
}
