package org.retinaspark.io.images;

import java.util.ArrayList;
import java.util.List;

/**
 * Images in tasks: neighbours by key, each task of about the same cost. A file costs its bytes and
 * a constant for the request, so that a folder of tiny files is spread too.
 *
 * @param tasks the images of each task, in order; none is empty
 */
public record PartitionPlan(List<List<ImageFile>> tasks) {

  /** What opening a file costs, in bytes read instead. */
  private static final long OPEN_COST = 1 << 16;

  /** Keeps an unmodifiable list. */
  public PartitionPlan {
    tasks = List.copyOf(tasks);
  }

  /**
   * Plans the tasks.
   *
   * @param images in the order of their keys
   * @param taskBytes a task's cost, at most; a single file may exceed it
   * @param parallelism at least so many tasks, if there are as many images
   */
  public static PartitionPlan of(List<ImageFile> images, long taskBytes, int parallelism) {
    long total = images.stream().mapToLong(PartitionPlan::cost).sum();
    long share = Math.max(1, Math.min(taskBytes, total / Math.max(1, parallelism)));
    List<List<ImageFile>> tasks = new ArrayList<>();
    List<ImageFile> task = new ArrayList<>();
    long spent = 0;
    int wanted = Math.min(parallelism, images.size());
    for (int index = 0; index < images.size(); index++) {
      ImageFile image = images.get(index);
      boolean full = spent + cost(image) / 2 > share;
      boolean scarce = images.size() - index < wanted - tasks.size();
      if (!task.isEmpty() && (full || scarce)) {
        tasks.add(task);
        task = new ArrayList<>();
        spent = 0;
      }
      task.add(image);
      spent += cost(image);
    }
    if (!task.isEmpty()) {
      tasks.add(task);
    }
    return new PartitionPlan(tasks);
  }

  private static long cost(ImageFile image) {
    return image.length() + OPEN_COST;
  }
}
