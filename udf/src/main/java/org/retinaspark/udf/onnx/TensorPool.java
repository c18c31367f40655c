package org.retinaspark.udf.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A task's native memory for network inputs, leased to one image at a time and used again. It
 * bounds what a task holds: who asks for more waits until others have given back. An image that
 * alone exceeds the bounds is let in once nothing else is out, so images must ask in the order in
 * which they are finished.
 */
public final class TensorPool implements AutoCloseable {

  /** Larger memory is freed when given back, so that one giant doesn't hold it for hours. */
  private static final long KEPT_BYTES = 64L << 20;

  private final int mostLeases;
  private final long mostBytes;
  private final Deque<TensorMemory> idle = new ArrayDeque<>();
  private int leases;
  private long bytes;
  private boolean closed;

  /** A pool that lends so many inputs and bytes at once. */
  public TensorPool(int mostLeases, long mostBytes) {
    this.mostLeases = mostLeases;
    this.mostBytes = mostBytes;
  }

  /**
   * Leases memory for all network inputs of one image, waiting until they may be had.
   *
   * @param sizes bytes of each input
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalArgumentException if an input is larger than a buffer can address
   * @throws IllegalStateException if the pool is closed
   */
  public List<TensorLease> lease(List<Long> sizes) throws InterruptedException {
    long wanted = sizes.stream().mapToLong(Long::longValue).sum();
    List<TensorMemory> memories = admit(sizes.size(), wanted);
    List<TensorLease> given = new ArrayList<>(sizes.size());
    try {
      for (int index = 0; index < sizes.size(); index++) {
        ByteBuffer buffer = memories.get(index).bytes(sizes.get(index));
        given.add(new TensorLease(this, memories.get(index), buffer));
      }
      return given;
    } finally {
      for (int index = given.size(); index < sizes.size(); index++) {
        giveBack(memories.get(index), sizes.get(index));
      }
    }
  }

  private synchronized List<TensorMemory> admit(int count, long wanted)
      throws InterruptedException {
    while (!closed && leases > 0 && (leases + count > mostLeases || bytes + wanted > mostBytes)) {
      wait();
    }
    if (closed) {
      throw new IllegalStateException("the task's tensor memory is closed");
    }
    leases += count;
    bytes += wanted;
    List<TensorMemory> memories = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      TensorMemory memory = idle.poll();
      memories.add(memory == null ? new TensorMemory() : memory);
    }
    return memories;
  }

  synchronized void giveBack(TensorMemory memory, long size) {
    leases--;
    bytes -= size;
    if (closed || size > KEPT_BYTES) {
      memory.close();
    } else {
      idle.push(memory);
    }
    notifyAll();
  }

  /** Frees what nobody holds now, and the rest as it is given back. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(TensorMemory::close);
    idle.clear();
    notifyAll();
  }
}
