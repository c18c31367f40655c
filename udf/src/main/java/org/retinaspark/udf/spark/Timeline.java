package org.retinaspark.udf.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When tasks ran and when their images were done, in intervals of time that become longer as there
 * are more of them: its size is bounded, and times are known to about a thousandth of what it
 * covers. Used by one thread.
 *
 * <p>Times are milliseconds since the epoch by the clock of the machine that tells them.
 */
public final class Timeline implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Intervals of what a run has done. */
  private static final int OF_A_RUN = 2048;

  /** Intervals of what a task has done, which travels. */
  private static final int OF_A_TASK = 128;

  private final int most;
  private final TreeMap<Long, Interval> intervals = new TreeMap<>();
  private long width = 1;
  private @Nullable Slowest slowest;
  private long since;

  private Timeline(int most) {
    this.most = most;
  }

  /** What happened in an interval of time. */
  private record Interval(long images, int tasks) implements Serializable {

    Interval plus(Interval other) {
      return new Interval(images + other.images, tasks + other.tasks);
    }
  }

  /**
   * The image that kept its task longest.
   *
   * @param image its key
   * @param millis from the row before, or the begin of the task, to its own
   */
  public record Slowest(String image, long millis) implements Serializable {}

  /**
   * The end of what was done.
   *
   * @param images that were not done yet when it began
   * @param millis how long it took
   * @param idleMillis of all cores together, in which they had no task
   */
  public record Rest(long images, long millis, long idleMillis) {}

  /** The empty timeline of a run. */
  static Timeline ofRun() {
    return new Timeline(OF_A_RUN);
  }

  /** The timeline of a task that begins. */
  static Timeline ofTask(long now) {
    Timeline task = new Timeline(OF_A_TASK);
    task.since = now;
    task.add(now, new Interval(0, 1));
    return task;
  }

  /** An image is done, with all its rows. */
  void done(String image, long now) {
    add(now, new Interval(1, 0));
    if (slowest == null || now - since > slowest.millis()) {
      slowest = new Slowest(image, now - since);
    }
    since = now;
  }

  /** The task has ended. */
  void end(long now) {
    add(now, new Interval(0, -1));
  }

  /** Adds what others have done. */
  void add(Timeline other) {
    while (width < other.width) {
      coarsen();
    }
    other.intervals.forEach((index, interval) -> add(index * other.width, interval));
    if (slowest == null || (other.slowest != null && other.slowest.millis() > slowest.millis())) {
      slowest = other.slowest;
    }
  }

  private void add(long time, Interval interval) {
    intervals.merge(Math.floorDiv(time, width), interval, Interval::plus);
    while (intervals.size() > most) {
      coarsen();
    }
  }

  /** Makes intervals twice as long. */
  private void coarsen() {
    Map<Long, Interval> finer = new TreeMap<>(intervals);
    intervals.clear();
    width *= 2;
    finer.forEach(
        (index, interval) -> intervals.merge(Math.floorDiv(index, 2), interval, Interval::plus));
  }

  boolean isEmpty() {
    return intervals.isEmpty();
  }

  void clear() {
    intervals.clear();
    width = 1;
    slowest = null;
  }

  /** The image that kept its task longest; absent if none was done. */
  public @Nullable Slowest slowest() {
    return slowest;
  }

  /**
   * What was left when a share of the images was done.
   *
   * @param done the share, from 0 to 1
   * @param cores that could run a task each
   */
  public Rest rest(double done, int cores) {
    long images = intervals.values().stream().mapToLong(Interval::images).sum();
    long wanted = (long) Math.ceil(done * images);
    long before = 0;
    int tasks = 0;
    for (Map.Entry<Long, Interval> interval : intervals.entrySet()) {
      before += interval.getValue().images();
      tasks += interval.getValue().tasks();
      if (before >= wanted) {
        SortedMap<Long, Interval> after = intervals.tailMap(interval.getKey(), false);
        return new Rest(
            images - before,
            width * length(interval.getKey(), after),
            width * idle(interval.getKey(), tasks, after, cores));
      }
    }
    return new Rest(0, 0, 0);
  }

  private static long length(long from, SortedMap<Long, Interval> after) {
    return after.isEmpty() ? 0 : after.lastKey() - from;
  }

  private static long idle(long from, int running, SortedMap<Long, Interval> after, int cores) {
    long idle = 0;
    long last = from;
    int tasks = running;
    for (Map.Entry<Long, Interval> interval : after.entrySet()) {
      idle += Math.max(0, cores - tasks) * (interval.getKey() - last);
      tasks += interval.getValue().tasks();
      last = interval.getKey();
    }
    return idle;
  }
}
