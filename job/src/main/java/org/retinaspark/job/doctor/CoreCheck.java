package org.retinaspark.job.doctor;

import java.util.List;

/**
 * Whether each task has a core.
 *
 * @param processors that Java may use, by the container's limit too
 * @param tasks at once in this process
 */
record CoreCheck(int processors, int tasks) implements Check {

  static CoreCheck here(int tasks) {
    return new CoreCheck(Runtime.getRuntime().availableProcessors(), tasks);
  }

  @Override
  public String subject() {
    return "cores";
  }

  @Override
  public List<Finding> look() {
    String found = "%d cores, %d tasks at once".formatted(processors, tasks);
    if (tasks > processors) {
      return List.of(
          Finding.warning(
              subject(),
              found,
              "tasks take each other's time and need memory each: nothing gets faster",
              "--master local[%d,4], or executors of %d cores".formatted(processors, processors)));
    }
    return List.of(Finding.ok(subject(), found));
  }
}
