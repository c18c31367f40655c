package org.retinaspark.io.images;

import java.util.ArrayList;
import java.util.List;

/**
 * Files in tasks of about the same cost. A file of more than half of what a task should cost is a
 * task of its own, before the others since it takes longest. The rest lie end to end on a line of
 * their costs, in the order of their keys, which is cut at even distances; so a task differs from
 * the mean by no more than one file. Their number is a multiple of the parallelism: nine tasks on
 * two cores would leave one core idle for the ninth.
 *
 * @param tasks the files of each task, in order; none is empty
 */
public record PartitionPlan(List<List<ImageFile>> tasks) {

  /** What opening a file costs, in bytes read instead. */
  private static final long OPEN_COST = 1 << 16;

  /** What a file costs of which nothing is known: a photo of the web. */
  private static final long USUAL_COST = 1 << 17;

  /**
   * Pixels that cost what a byte does: a JPEG has about so many a byte, and what comes after
   * reading goes by pixels.
   */
  private static final long PIXELS_A_BYTE = 4;

  /** More than any file costs: what a manifest says of lengths and sides may be anything. */
  private static final long LARGEST_COST = 1L << 40;

  /** Keeps an unmodifiable list. */
  public PartitionPlan {
    tasks = List.copyOf(tasks);
  }

  /**
   * Plans the tasks.
   *
   * @param files in the order of their keys
   * @param taskBytes a task's cost, about; a single file may exceed it
   * @param parallelism tasks are so many, or twice, three times ... as many, if there are the files
   */
  public static PartitionPlan of(List<ImageFile> files, long taskBytes, int parallelism) {
    long share = Math.max(1, Math.min(taskBytes, ceiling(cost(files), parallelism)));
    List<List<ImageFile>> tasks = new ArrayList<>();
    List<ImageFile> small = new ArrayList<>(files.size());
    for (ImageFile file : files) {
      if (cost(file) > share / 2) {
        tasks.add(List.of(file));
      } else {
        small.add(file);
      }
    }
    long needed = Math.max(1, tasks.size() + ceiling(cost(small), share));
    tasks.addAll(cut(small, parallelism * ceiling(needed, parallelism) - tasks.size()));
    return new PartitionPlan(tasks);
  }

  /** Cuts files into so many tasks, or one for each if they are fewer. */
  private static List<List<ImageFile>> cut(List<ImageFile> files, long wanted) {
    int count = (int) Math.min(files.size(), wanted);
    double distance = (double) cost(files) / count;
    List<List<ImageFile>> tasks = new ArrayList<>(count);
    long passed = 0;
    int next = 0;
    for (int task = 1; task <= count; task++) {
      int first = next;
      int last = files.size() - (count - task);
      while (next < last
          && (next == first
              || task == count
              || middle(files.get(next), passed) <= distance * task)) {
        passed += cost(files.get(next));
        next++;
      }
      tasks.add(List.copyOf(files.subList(first, next)));
    }
    return tasks;
  }

  private static long ceiling(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static double middle(ImageFile file, long passed) {
    return passed + cost(file) / 2.0;
  }

  private static long cost(List<ImageFile> files) {
    return files.stream().mapToLong(PartitionPlan::cost).sum();
  }

  /** What a file costs its task, in bytes. */
  static long cost(ImageFile file) {
    if (file.bytes() < 0 && file.pixels() == 0) {
      return OPEN_COST + USUAL_COST;
    }
    long content = Math.max(file.bytes(), file.pixels() / PIXELS_A_BYTE);
    return OPEN_COST + Math.min(content, LARGEST_COST);
  }
}
