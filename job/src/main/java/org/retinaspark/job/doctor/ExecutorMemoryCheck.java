package org.retinaspark.job.doctor;

import java.util.List;
import org.apache.spark.SparkConf;

/**
 * Whether the settings give a cluster's executors the memory for their tasks.
 *
 * @param heap of an executor, bytes
 * @param overhead that the cluster leaves beside it, bytes
 * @param tasks at once in an executor
 * @param enforced whether the cluster ends an executor that takes more
 */
record ExecutorMemoryCheck(long heap, long overhead, int tasks, boolean enforced) implements Check {

  /** Spark's defaults: a tenth of the heap, 384 MiB at least. */
  private static final String FACTOR = "0.1";

  private static final long LEAST_OVERHEAD = 384;

  private static final long MEBIBYTE = 1L << 20;

  static ExecutorMemoryCheck of(SparkConf settings) {
    long heap = settings.getSizeAsMb("spark.executor.memory", "1g");
    double factor = Double.parseDouble(settings.get("spark.executor.memoryOverheadFactor", FACTOR));
    long overhead =
        settings.contains("spark.executor.memoryOverhead")
            ? settings.getSizeAsMb("spark.executor.memoryOverhead")
            : Math.max(LEAST_OVERHEAD, (long) (factor * heap));
    int cores = Integer.parseInt(settings.get("spark.executor.cores", "1"));
    int cpus = Integer.parseInt(settings.get("spark.task.cpus", "1"));
    return new ExecutorMemoryCheck(
        heap * MEBIBYTE,
        overhead * MEBIBYTE,
        Math.max(1, cores / cpus),
        !settings.get("spark.master", "").startsWith("spark:"));
  }

  @Override
  public String subject() {
    return "executors' memory";
  }

  @Override
  public List<Finding> look() {
    long outside = tasks * MemoryNeed.NATIVE;
    String found =
        "by the settings %s of heap, %s beside it, %d tasks at once: they need about %s and %s"
            .formatted(
                MemoryNeed.text(heap),
                MemoryNeed.text(overhead),
                tasks,
                MemoryNeed.text(MemoryNeed.heap(tasks)),
                MemoryNeed.text(outside));
    if (enforced && overhead < outside) {
      return List.of(
          Finding.warning(
              subject(),
              found,
              "the cluster ends executors that take more than it left to them",
              "--conf spark.executor.memoryOverhead=%s, or fewer cores an executor"
                  .formatted(MemoryNeed.option(outside))));
    }
    if (heap < MemoryNeed.heap(tasks)) {
      return List.of(
          Finding.warning(
              subject(),
              found,
              "large images may become failed rows (decode/out_of_memory)",
              "--executor-memory %s, or fewer cores an executor"
                  .formatted(MemoryNeed.option(MemoryNeed.heap(tasks)))));
    }
    return List.of(Finding.ok(subject(), found));
  }
}
