package org.retinaspark.udf.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What executors have done since they started, as they tell the driver every second by Spark's
 * channel for plugins. Images of a task that is repeated count again, so this is for watching.
 *
 * @param images images done, failed ones included
 * @param failed images that failed
 * @param faces faces found
 */
public record LiveCounts(long images, long failed, long faces) implements Serializable {

  /** On the driver: what each executor told last. */
  private static final Map<String, LiveCounts> TOLD = new ConcurrentHashMap<>();

  /** On the driver: what all executors of the application told so far. */
  public static LiveCounts told() {
    return TOLD.values().stream().reduce(new LiveCounts(0, 0, 0), LiveCounts::plus);
  }

  /** What was done since. */
  public LiveCounts since(LiveCounts earlier) {
    return new LiveCounts(images - earlier.images, failed - earlier.failed, faces - earlier.faces);
  }

  private LiveCounts plus(LiveCounts other) {
    return new LiveCounts(images + other.images, failed + other.failed, faces + other.faces);
  }

  /** An executor's message to the driver. */
  record Message(String executor, LiveCounts counts) implements Serializable {

    void take() {
      TOLD.put(executor, counts);
    }
  }

  /** A new application has new executors. */
  static void forget() {
    TOLD.clear();
  }
}
