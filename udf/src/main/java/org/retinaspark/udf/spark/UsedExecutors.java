package org.retinaspark.udf.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.util.AccumulatorV2;

/** What each executor of a run computed with, by its id. A task that is repeated says it again. */
public final class UsedExecutors
    extends AccumulatorV2<Map<String, UsedExecutors.Use>, Map<String, UsedExecutors.Use>> {

  private static final long serialVersionUID = 1L;

  // Read by the thread of the heartbeat while a task adds.
  private final ConcurrentSkipListMap<String, Use> uses = new ConcurrentSkipListMap<>();

  /**
   * What an executor computed with.
   *
   * @param host where it ran
   * @param provider ONNX Runtime's execution provider
   * @param device index of the GPU; 0 on a CPU
   * @param precision of the arithmetic on 32-bit floats
   * @param onnxRuntime its version
   * @param jpegDecoder which library decoded JPEG
   */
  public record Use(
      String host,
      String provider,
      int device,
      String precision,
      String onnxRuntime,
      String jpegDecoder)
      implements Serializable {}

  @Override
  public boolean isZero() {
    return uses.isEmpty();
  }

  @Override
  public UsedExecutors copy() {
    UsedExecutors copy = new UsedExecutors();
    copy.merge(this);
    return copy;
  }

  @Override
  public void reset() {
    uses.clear();
  }

  @Override
  public void add(Map<String, Use> use) {
    uses.putAll(use);
  }

  @Override
  public void merge(AccumulatorV2<Map<String, Use>, Map<String, Use>> other) {
    uses.putAll(other.value());
  }

  @Override
  public Map<String, Use> value() {
    return Map.copyOf(uses);
  }
}
