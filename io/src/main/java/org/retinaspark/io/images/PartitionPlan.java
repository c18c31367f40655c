package org.retinaspark.io.images;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Files in tasks, in the order in which they should begin, so that no core is left with a long task
 * while the others have none. A file of more than half of what a task should cost is a task of its
 * own; these come first, the one that costs most before all. The rest lie end to end on a line of
 * their costs, in the order of their keys, which is cut into rounds of a task for each core: full
 * tasks as long as there is much left, and then, round by round, smaller ones. So cores end within
 * one of the smallest tasks of each other, give or take a file.
 *
 * @param tasks the files of each task, in order; none is empty
 */
public record PartitionPlan(List<List<ImageFile>> tasks) {

  /** Rounds in which tasks become smaller: eight eighths of a full one, seven, ..., one. */
  private static final int DECLINE = 8;

  /** Full tasks of a core that cost what all of its tasks in these rounds do. */
  private static final double DECLINING = (DECLINE + 1) / 2.0;

  /** What opening a file costs, in bytes read instead. */
  private static final long OPEN_COST = 1 << 16;

  /** What a file costs of which nothing is known: a photo of the web. */
  private static final long USUAL_COST = 1 << 17;

  /** What a photo costs of those that large files are made out to be. */
  private static final long PHOTO_COST = 1 << 20;

  /**
   * Pixels that cost what a byte does: a JPEG has about so many a byte, and what comes after
   * reading goes by pixels.
   */
  static final long PIXELS_A_BYTE = 4;

  /** A file that costs more is large, whatever the others cost. */
  static final long LARGE_COST = 1 << 24;

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
   * @param taskBytes what a full task costs, at most, give or take a file
   * @param cores tasks that run at once
   */
  public static PartitionPlan of(List<ImageFile> files, long taskBytes, int cores) {
    List<ImageFile> costliest = new ArrayList<>(files);
    // A stable sort: those that cost the same stay in the order of their keys.
    costliest.sort(Comparator.comparingLong((ImageFile file) -> cost(file)).reversed());
    List<List<ImageFile>> tasks = new ArrayList<>();
    double left = cost(files);
    for (ImageFile file : costliest) {
      if (cost(file) <= Math.min((double) taskBytes, left / cores / DECLINING) / 2) {
        break;
      }
      tasks.add(List.of(file));
      left -= cost(file);
    }
    Set<ImageFile> alone = Collections.newSetFromMap(new IdentityHashMap<>());
    alone.addAll(costliest.subList(0, tasks.size()));
    tasks.addAll(
        cut(files.stream().filter(file -> !alone.contains(file)).toList(), taskBytes, cores));
    return new PartitionPlan(tasks);
  }

  /** Cuts files into rounds of tasks. */
  private static List<List<ImageFile>> cut(List<ImageFile> files, long taskBytes, int cores) {
    double each = (double) cost(files) / cores;
    double fullRounds = Math.ceil(Math.max(0, each / taskBytes - DECLINING));
    double full = each / (fullRounds + DECLINING);
    long rounds = (long) fullRounds + DECLINE;
    List<List<ImageFile>> tasks = new ArrayList<>();
    double end = 0;
    long passed = 0;
    int next = 0;
    for (long round = 0; next < files.size(); round++) {
      double size = full * Math.max(1, Math.min(DECLINE, rounds - round)) / DECLINE;
      for (int core = 0; core < cores && next < files.size(); core++) {
        end += size;
        int first = next;
        while (next < files.size() && (next == first || middle(files.get(next), passed) <= end)) {
          passed += cost(files.get(next));
          next++;
        }
        tasks.add(List.copyOf(files.subList(first, next)));
      }
    }
    return tasks;
  }

  private static double middle(ImageFile file, long passed) {
    return passed + cost(file) / 2.0;
  }

  private static long cost(List<ImageFile> files) {
    return files.stream().mapToLong(PartitionPlan::cost).sum();
  }

  /**
   * How many photos a unit counts for where work is measured out: one, but for a large one more.
   */
  public static long photos(ImageFile unit) {
    long cost = cost(unit);
    return cost <= LARGE_COST ? 1 : cost / PHOTO_COST;
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
