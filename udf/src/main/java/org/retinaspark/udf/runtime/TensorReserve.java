package org.retinaspark.udf.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Native memory that nobody uses at the moment, kept for whoever needs some next, task after task:
 * blocks of megabytes that come and go with tasks and their threads end up scattered over malloc's
 * arenas, and a process grows by hundreds of megabytes that nothing uses. Safe for use by several
 * threads.
 */
public final class TensorReserve implements AutoCloseable {

  /** A larger block is freed when given back, so that one giant doesn't hold it for hours. */
  private static final long KEPT_BYTES = 64L << 20;

  /** What all that is kept may have. */
  private static final long MOST_BYTES = 256L << 20;

  private final Deque<TensorMemory> idle = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  /** The block given back last, or an empty one. */
  synchronized TensorMemory take() {
    TensorMemory memory = idle.poll();
    if (memory == null) {
      return new TensorMemory();
    }
    bytes -= memory.size();
    return memory;
  }

  /** Keeps a block, or frees it. */
  synchronized void giveBack(TensorMemory memory) {
    long size = memory.size();
    if (closed || size > KEPT_BYTES || bytes + size > MOST_BYTES) {
      memory.close();
    } else {
      bytes += size;
      idle.push(memory);
    }
  }

  /** Frees what is kept, and what is given back from now on. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(TensorMemory::close);
    idle.clear();
  }
}
