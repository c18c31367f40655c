package org.retinaspark.udf.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Detection on one image at a time, where nobody can say which will be the next: over the same
 * pipeline, which stays open for the task. For one task, and its own thread.
 */
public final class DetectCell {

  private final Handed handed = new Handed();
  private final Iterator<InternalRow> found;

  /** Opens the pipeline of the running task, which is closed with it. */
  public DetectCell(ColumnDetection detection) {
    found = detection.over(handed);
  }

  /** What is found in an image, for good. */
  public InternalRow detect(byte @Nullable [] image) {
    handed.images.add(new Cell(image));
    return found.next().copy();
  }

  /** An image; a deque takes no null. */
  private record Cell(byte @Nullable [] image) {}

  private static final class Handed implements Iterator<byte[]> {

    private final Deque<Cell> images = new ArrayDeque<>();

    @Override
    public boolean hasNext() {
      return !images.isEmpty();
    }

    @Override
    public byte @Nullable [] next() {
      return images.remove().image();
    }
  }
}
