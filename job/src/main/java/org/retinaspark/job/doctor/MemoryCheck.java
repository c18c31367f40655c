package org.retinaspark.job.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Whether this process has the memory for what it does.
 *
 * @param heap that Java may take, bytes
 * @param machine memory of the machine, or of the container if that is less, bytes
 * @param tasks at once in this process; 0 for a driver of a cluster
 */
record MemoryCheck(long heap, long machine, int tasks) implements Check {

  /** Collectors keep some of {@code -Xmx} for themselves. */
  private static final double KEPT_BACK = 0.9;

  static MemoryCheck here(int tasks) {
    // Java 17 looks at the limits of its container (cgroups) first.
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new MemoryCheck(Runtime.getRuntime().maxMemory(), system.getTotalMemorySize(), tasks);
  }

  @Override
  public String subject() {
    return "memory";
  }

  @Override
  public List<Finding> look() {
    long outside = tasks * MemoryNeed.NATIVE;
    String found =
        "heap of %s, machine or container of %s, %d tasks at once: they need about %s and %s outside of it"
            .formatted(
                MemoryNeed.text(heap),
                MemoryNeed.text(machine),
                tasks,
                MemoryNeed.text(MemoryNeed.heap(tasks)),
                MemoryNeed.text(outside));
    if (heap > machine) {
      return List.of(
          Finding.problem(
              subject(),
              found,
              "the system ends the process when the heap fills",
              "lower --driver-memory (on a cluster --executor-memory), or give the container"
                  + " more"));
    }
    if (heap + outside > machine) {
      return List.of(
          Finding.warning(
              subject(),
              found,
              "heap and native memory may together pass the limit, and the system then ends the"
                  + " process",
              "fewer tasks (--master local[N,4]), a smaller heap, or a larger container"));
    }
    if (heap < KEPT_BACK * MemoryNeed.heap(tasks)) {
      return List.of(
          Finding.warning(
              subject(),
              found,
              "large images may become failed rows (decode/out_of_memory)",
              "--driver-memory %s (on a cluster --executor-memory), or fewer tasks"
                  .formatted(MemoryNeed.option(MemoryNeed.heap(tasks)))));
    }
    return List.of(Finding.ok(subject(), found));
  }
}
