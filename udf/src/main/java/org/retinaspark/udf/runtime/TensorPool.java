package org.retinaspark.udf.runtime;

import java.util.Optional;

/**
 * A task's way to its executor's native memory for the inputs of one network. It bounds how many of
 * them the task holds; how many bytes, all tasks together ({@link TensorBudget}). The network that
 * an image meets first asks by {@link #lease}; those after that have pools of their own and ask by
 * {@link #leaseNow} and {@link #leaseMore}, which wait for no other image. A task finishes its
 * inputs in the order in which they are admitted.
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
   * Admits an input of an image: leases memory for it, waiting until it may be had. The wait is for
   * inputs that were admitted before, perhaps another task's giant, so it is not the image's own
   * time.
   *
   * @param size its bytes
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalArgumentException if that is more than a buffer can address
   * @throws EngineException if the pool is closed
   */
  public TensorLease lease(long size) throws InterruptedException {
    return budget.admit(this, size);
  }

  /**
   * Leases memory for a further network's input of an image that has been admitted, if the pool may
   * lend one more; never waits for other images' memory.
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

  boolean hasRoom() {
    return leases < mostLeases;
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
