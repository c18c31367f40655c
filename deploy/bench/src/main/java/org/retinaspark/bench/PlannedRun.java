package org.retinaspark.bench;

import java.util.List;
import java.util.PriorityQueue;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.PartitionPlan;

/**
 * A run of which only the plan is real: chunks and tasks as the job cuts them, two chunks at a
 * time, the older one's tasks first, each by the core that is free first.
 */
final class PlannedRun {

  // The defaults of detect: --checkpoint-images and --partition-size.
  private static final int CHUNK_IMAGES_A_CORE = 1000;
  private static final long TASK_BYTES = 64 << 20;

  private final PriorityQueue<Double> cores = new PriorityQueue<>();
  private long bytes;
  private long chunks;
  private long tasks;
  private double longestTask;
  private double work;

  private PlannedRun() {}

  /**
   * What came of it.
   *
   * @param work seconds that cores were busy, all together
   * @param seconds from the first task's begin to the last one's end
   */
  record Outcome(
      long bytes, long chunks, long tasks, double longestTask, double work, double seconds) {}

  static Outcome of(SyntheticImages images, int cores) {
    PlannedRun run = new PlannedRun();
    for (int core = 0; core < cores; core++) {
      run.cores.add(0.0);
    }
    double end = 0;
    double before = 0;
    double older = 0;
    while (images.hasNext()) {
      List<ImageFile> chunk = images.next(CHUNK_IMAGES_A_CORE * cores);
      // Two chunks run at once: this one begins when one of the two before it has ended.
      double begin = Math.min(older, before);
      older = Math.max(older, before);
      before = run.chunk(chunk, images, begin);
      end = Math.max(end, before);
    }
    return new Outcome(run.bytes, run.chunks, run.tasks, run.longestTask, run.work, end);
  }

  /** When the last task of a chunk ends. */
  private double chunk(List<ImageFile> chunk, SyntheticImages images, double begin) {
    double end = 0;
    for (List<ImageFile> task : PartitionPlan.of(chunk, TASK_BYTES, cores.size()).tasks()) {
      double seconds = task.stream().mapToDouble(images::seconds).sum();
      double ended = Math.max(begin, cores.remove()) + seconds;
      cores.add(ended);
      end = Math.max(end, ended);
      tasks++;
      work += seconds;
      longestTask = Math.max(longestTask, seconds);
    }
    chunks++;
    bytes += chunk.stream().mapToLong(ImageFile::length).sum();
    return end;
  }
}
