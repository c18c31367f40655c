package org.retinaspark.job.progress;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Sums named accumulators over the tasks of a run: what ended tasks counted, and what running ones
 * said with their executor's last heartbeat. A task that failed is taken out again, so that nothing
 * counts twice.
 */
public final class TaskTally extends SparkListener {

  private final List<String> names;
  private final long[] ended;
  private final Map<Long, long[]> running = new HashMap<>();

  /** A tally of the accumulators with these names. */
  public TaskTally(List<String> names) {
    this.names = List.copyOf(names);
    this.ended = new long[names.size()];
  }

  /** The sums so far, in the order of the names. */
  public synchronized long[] sums() {
    long[] sums = ended.clone();
    running.values().forEach(counts -> add(sums, counts));
    return sums;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    running.remove(event.taskInfo().taskId());
    if (event.reason() instanceof Success$) {
      add(ended, counts(CollectionConverters.asJava(event.taskInfo().accumulables())));
    }
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate event) {
    CollectionConverters.asJava(event.accumUpdates())
        .forEach(
            task ->
                running.computeIfPresent(
                    (Long) task._1(),
                    (id, counts) -> counts(CollectionConverters.asJava(task._4()))));
  }

  @Override
  public synchronized void onTaskStart(org.apache.spark.scheduler.SparkListenerTaskStart event) {
    running.put(event.taskInfo().taskId(), new long[names.size()]);
  }

  private long[] counts(Iterable<AccumulableInfo> accumulators) {
    long[] counts = new long[names.size()];
    for (AccumulableInfo accumulator : accumulators) {
      int index = accumulator.name().isDefined() ? names.indexOf(accumulator.name().get()) : -1;
      if (index >= 0 && accumulator.update().isDefined()) {
        counts[index] = ((Number) accumulator.update().get()).longValue();
      }
    }
    return counts;
  }

  private static void add(long[] sums, long[] counts) {
    Arrays.setAll(sums, index -> sums[index] + counts[index]);
  }
}
