package org.retinaspark.udf.spark;

import org.apache.spark.util.AccumulatorV2;

/**
 * When the tasks of a run ran and their images were done. Spark adds what a task that makes a
 * table's rows tells once, however often it is tried.
 */
final class TaskTimes extends AccumulatorV2<Timeline, Timeline> {

  private static final long serialVersionUID = 1L;

  private final Timeline all = Timeline.ofRun();

  @Override
  public boolean isZero() {
    synchronized (all) {
      return all.isEmpty();
    }
  }

  @Override
  public TaskTimes copy() {
    TaskTimes copy = new TaskTimes();
    copy.add(all);
    return copy;
  }

  @Override
  public void reset() {
    synchronized (all) {
      all.clear();
    }
  }

  @Override
  public void add(Timeline task) {
    synchronized (all) {
      all.add(task);
    }
  }

  @Override
  public void merge(AccumulatorV2<Timeline, Timeline> other) {
    add(other.value());
  }

  @Override
  public Timeline value() {
    Timeline value = Timeline.ofRun();
    synchronized (all) {
      value.add(all);
    }
    return value;
  }
}
