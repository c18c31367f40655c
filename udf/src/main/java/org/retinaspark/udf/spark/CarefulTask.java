package org.retinaspark.udf.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.retinaspark.udf.pipeline.InFlight;

/**
 * The images of a task that was tried before. Its executor may have died of one of them, so each is
 * noted before it is read, and only one at a time is in work, in the whole executor: if it dies
 * again, the next attempt knows of which. A first attempt notes nothing, and costs no request.
 */
final class CarefulTask implements InFlight {

  /** One careful task at a time looks at an image, so that no other is noted beside it. */
  private static final Semaphore ALONE = new Semaphore(1);

  private final CrashNotes notes;
  private final String task;
  private final Set<String> deadly;
  private boolean inFlight;
  private boolean closed;

  private CarefulTask(CrashNotes notes, String task, Set<String> deadly) {
    this.notes = notes;
    this.task = task;
    this.deadly = deadly;
  }

  /** Whether a task was tried before, so that its executor may have died of an image. */
  static boolean isRepeated(TaskContext context) {
    return context.attemptNumber() > 0 || context.stageAttemptNumber() > 0;
  }

  /**
   * What a task's images are watched by.
   *
   * @throws UncheckedIOException if the notes of earlier attempts can't be read
   */
  static InFlight of(CrashNotes notes, TaskContext context) {
    if (!isRepeated(context)) {
      return new FirstAttempt(notes.known());
    }
    String task = context.stageId() + "-" + context.partitionId();
    try {
      CarefulTask careful = new CarefulTask(notes, task, notes.read(task));
      context.addTaskCompletionListener((TaskCompletionListener) ended -> careful.close());
      return careful;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public boolean isDeadly(String image) {
    return deadly.contains(image) || notes.known().contains(image);
  }

  @Override
  public void begin(String image) throws IOException, InterruptedException {
    ALONE.acquire();
    synchronized (this) {
      inFlight = true;
      if (closed) {
        end();
        throw new InterruptedException("the task has ended");
      }
    }
    Set<String> suspects = new TreeSet<>(deadly);
    suspects.add(image);
    notes.write(task, suspects);
  }

  @Override
  public synchronized void end() {
    if (inFlight) {
      inFlight = false;
      ALONE.release();
    }
  }

  /** The task has ended with its executor alive: only what ended others before is remembered. */
  private void close() {
    synchronized (this) {
      closed = true;
      end();
    }
    try {
      notes.write(task, deadly);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A first attempt, which knows what earlier sessions found out. */
  private record FirstAttempt(Set<String> images) implements InFlight {

    @Override
    public boolean isDeadly(String image) {
      return images.contains(image);
    }

    @Override
    public void begin(String image) {}

    @Override
    public void end() {}
  }
}
