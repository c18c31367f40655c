package org.retinaspark.io.crops;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was stored.
 *
 * @param crops faces that have one
 * @param failures faces that have none, by stage and code, as {@code read/timeout}
 */
public record CropCounts(long crops, Map<String, Long> failures) implements Serializable {

  /** Nothing. */
  static final CropCounts NONE = new CropCounts(0, Map.of());

  /** Keeps an unmodifiable copy. */
  public CropCounts {
    failures = Map.copyOf(failures);
  }

  /** Both together. */
  CropCounts plus(CropCounts other) {
    Map<String, Long> sum = new TreeMap<>(failures);
    other.failures.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return new CropCounts(crops + other.crops, sum);
  }

  /** Faces that have no crop. */
  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Of {@link #failed}, those by a fault of ours. */
  public long internal() {
    return failures.entrySet().stream()
        .filter(failure -> failure.getKey().endsWith("/" + INTERNAL))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The code of a fault of ours, which is no fault of the image. */
  public static final String INTERNAL = "internal";

  /** The share of faces without a crop, from 0 to 1. */
  public double failureRate() {
    return failed() == 0 ? 0 : failed() / (double) (crops + failed());
  }
}
