package org.retinaspark.udf.runtime;

import java.util.List;
import java.util.Optional;

/**
 * A task's way to its executor's native memory for the inputs of one network. It bounds how many of
 * them the task holds; how many bytes, all tasks together ({@link TensorBudget}). What an image
 * meets first admits it by {@link #lease}; the networks after that have pools of their own and ask
 * by {@link #leaseNow} and {@link #leaseMore}, which wait for no other image. A task finishes its
 * images in the order in which they are admitted.
 */
public final class TensorPool implements AutoCloseable {

  private final TensorBudget budget;
  private final int mostLeases;
  // Guarded by the budget.
  private int leases;
  private boolean closed;

  /** A pool that lends so many inputs at once. */
  TensorPool(TensorBudget budget, int mostLeases) {
    this.budget = budget;
    this.mostLeases = mostLeases;
    budget.join();
  }

  /**
   * Admits an image: leases memory for all its inputs, waiting until they may be had. The wait is
   * for other images, perhaps another task's giant, so it is not the image's own time.
   *
   * @param sizes bytes of each input
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalArgumentException if an input is larger than a buffer can address
   * @throws EngineException if the pool is closed
   */
  public List<TensorLease> lease(List<Long> sizes) throws InterruptedException {
    return budget.admit(this, sizes);
  }

  /**
   * Leases memory for a further input of an image that was admitted before, if the pool may lend
   * one more; never waits for other images' memory.
   *
   * @param size its bytes
   * @throws IllegalArgumentException if that is more than a buffer can address
   * @throws EngineException if the pool is closed
   */
  public Optional<TensorLease> leaseNow(long size) {
    return budget.more(this, size);
  }

  /**
   * As {@link #leaseNow}, but waits until the pool may lend one more: for what else this pool has
   * lent, which must be given back by others than the caller.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public TensorLease leaseMore(long size) throws InterruptedException {
    return budget.moreInTurn(this, size);
  }

  boolean hasRoom(int count) {
    return leases == 0 || leases + count <= mostLeases;
  }

  void add(int count) {
    leases += count;
  }

  void requireOpen() {
    if (closed) {
      throw new EngineException("the task's tensor memory is closed");
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Lends nothing any more; who waits is told. */
  @Override
  public void close() {
    synchronized (budget) {
      if (!closed) {
        closed = true;
        budget.leave();
      }
    }
  }
}
