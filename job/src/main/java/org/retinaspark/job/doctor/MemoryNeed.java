package org.retinaspark.job.doctor;

import java.util.Locale;

/**
 * What tasks need at once, heap and native. Measured on 404 and 10,100 photos of 1 megapixel, two
 * tasks: 1 GiB of heap, 1,725 MiB resident (docs/operations.md, "Memory"). More for larger images:
 * the network's own maps take about 1 KB a pixel of its input.
 */
final class MemoryNeed {

  /** Heap of a task: files read ahead (32 MiB), a decoded image, rows. */
  static final long HEAP = 512L << 20;

  /** Native memory of a task: tensors (256 MiB, shared), a run's own maps. */
  static final long NATIVE = 512L << 20;

  /** Heap of any process: a driver lists ten million keys in it. */
  static final long LEAST_HEAP = 1L << 30;

  private MemoryNeed() {}

  static long heap(int tasks) {
    return Math.max(LEAST_HEAP, tasks * HEAP);
  }

  static String text(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }

  /** As Spark's options take it, rounded up. */
  static String option(long bytes) {
    long gibibyte = 1L << 30;
    return (bytes + gibibyte - 1) / gibibyte + "g";
  }
}
