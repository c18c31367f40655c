package org.retinaspark.udf.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A task's share of its executor's native memory for network inputs, leased to one image at a time.
 * It bounds what a task holds: who asks for more waits until others have given back. An image that
 * alone exceeds the bounds is let in once nothing else is out, so images must ask in the order in
 * which they are finished.
 */
public final class TensorPool implements AutoCloseable {

  private final TensorReserve reserve;
  private final int mostLeases;
  private final long mostBytes;
  private int leases;
  private long bytes;
  private boolean closed;

  /** A pool that lends so many inputs and bytes at once, out of an executor's reserve. */
  public TensorPool(TensorReserve reserve, int mostLeases, long mostBytes) {
    this.reserve = reserve;
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
    return leases(admit(sizes.size(), wanted), sizes);
  }

  /**
   * Leases memory for one network input if it may be had without waiting.
   *
   * @param size its bytes
   * @throws IllegalArgumentException if that is more than a buffer can address
   * @throws IllegalStateException if the pool is closed
   */
  public Optional<TensorLease> leaseNow(long size) {
    List<TensorMemory> memories;
    synchronized (this) {
      if (isFullFor(1, size)) {
        return Optional.empty();
      }
      memories = take(1, size);
    }
    return Optional.of(leases(memories, List.of(size)).get(0));
  }

  private List<TensorLease> leases(List<TensorMemory> memories, List<Long> sizes) {
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
    while (isFullFor(count, wanted)) {
      wait();
    }
    return take(count, wanted);
  }

  private boolean isFullFor(int count, long wanted) {
    return !closed && leases > 0 && (leases + count > mostLeases || bytes + wanted > mostBytes);
  }

  private List<TensorMemory> take(int count, long wanted) {
    if (closed) {
      throw new IllegalStateException("the task's tensor memory is closed");
    }
    leases += count;
    bytes += wanted;
    List<TensorMemory> memories = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      memories.add(reserve.take());
    }
    return memories;
  }

  synchronized void giveBack(TensorMemory memory, long size) {
    leases--;
    bytes -= size;
    reserve.giveBack(memory);
    notifyAll();
  }

  /** Lends nothing any more; who waits is told. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
