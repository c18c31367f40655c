package org.retinaspark.udf.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The native memory of all tensors of an executor, under one account. Each task brings a share, and
 * any task may use what others don't.
 *
 * <p>The rule that keeps it free of deadlocks: <b>only the admission of an input to the first
 * network waits</b>, in the order of asking, until it fits or nothing else is admitted, so that a
 * single giant goes through alone. What an admitted input needs more (its outputs, the inputs of a
 * further network) is counted and given at once: the memory that it would wait for may be held by
 * images that are finished after it. So an admitted input never waits for memory, is finished, and
 * gives back. What goes beyond the budget is what runs at one moment, an input a task.
 *
 * <p>It holds as long as a task finishes its inputs in the order in which it asks for them, those
 * of one image included: a task that waits for one that is not admitted holds none.
 *
 * <p>Blocks that nobody uses are kept for whoever needs some next: blocks of megabytes that come
 * and go with tasks and their threads end up scattered over malloc's arenas, and a process grows by
 * hundreds of megabytes that nothing uses.
 */
final class TensorBudget implements AutoCloseable {

  /** What each task brings. */
  static final long SHARE_BYTES = 256L << 20;

  private final long share;
  private final Reserve inputs = new Reserve();
  private final Reserve outputs = new Reserve();
  private final Set<Admission> waiting = new LinkedHashSet<>();
  private int tasks;
  private int admitted;
  private long used;

  /** A budget to which every task brings so many bytes. */
  TensorBudget(long share) {
    this.share = share;
  }

  synchronized void join() {
    tasks++;
    notifyAll();
  }

  /** A task's pool has ended: it asks for nothing more, and who waits in it is told. */
  synchronized void leave() {
    tasks--;
    notifyAll();
  }

  /**
   * Admits an input of a task.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalArgumentException if it is larger than a buffer can address
   * @throws EngineException if the task's pool is closed
   */
  TensorLease admit(TensorPool pool, long size) throws InterruptedException {
    await(new Admission(pool, size));
    return lease(inputs, size, bytes -> released(pool, bytes));
  }

  /** An input of a further network, if its pool may lend one more; never waits. */
  Optional<TensorLease> more(TensorPool pool, long size) {
    synchronized (this) {
      pool.requireOpen();
      if (!pool.hasRoom()) {
        return Optional.empty();
      }
      pool.add(1);
      used += size;
    }
    return Optional.of(lease(inputs, size, bytes -> givenBack(pool, bytes)));
  }

  /** An input of a further network, once its pool may lend one more. */
  synchronized TensorLease moreInTurn(TensorPool pool, long size) throws InterruptedException {
    while (!pool.isClosed() && !pool.hasRoom()) {
      wait();
    }
    return more(pool, size).orElseThrow();
  }

  /** Memory for the outputs of a run; never waits. */
  TensorLease outputs(long size) {
    synchronized (this) {
      used += size;
    }
    return lease(outputs, size, this::uncount);
  }

  /** What was counted before as a lease, or counted no more. */
  private static TensorLease lease(Reserve reserve, long size, Release release) {
    TensorMemory memory = reserve.take(size);
    try {
      return new TensorLease(
          memory.bytes(size),
          () -> {
            reserve.giveBack(memory);
            release.of(size);
          });
    } catch (RuntimeException | Error failure) {
      reserve.giveBack(memory);
      release.of(size);
      throw failure;
    }
  }

  private synchronized void await(Admission input) throws InterruptedException {
    waiting.add(input);
    try {
      while (!input.pool.isClosed() && next() != input) {
        wait();
      }
      input.pool.requireOpen();
      input.pool.add(1);
      admitted++;
      used += input.bytes;
    } finally {
      waiting.remove(input);
      notifyAll();
    }
  }

  /** The first whose task may have more, if it fits; who asked later doesn't overtake it. */
  private @Nullable Admission next() {
    for (Admission input : waiting) {
      if (input.pool.hasRoom()) {
        return admitted == 0 || used + input.bytes <= tasks * share ? input : null;
      }
    }
    return null;
  }

  private synchronized void released(TensorPool pool, long size) {
    admitted--;
    givenBack(pool, size);
  }

  private synchronized void givenBack(TensorPool pool, long size) {
    pool.add(-1);
    uncount(size);
  }

  private synchronized void uncount(long size) {
    used -= size;
    notifyAll();
  }

  /** Bytes that are out. */
  synchronized long used() {
    return used;
  }

  /** Inputs that wait to be admitted. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** Frees what is kept, and what is given back from now on. */
  @Override
  public void close() {
    inputs.close();
    outputs.close();
  }

  @FunctionalInterface
  private interface Release {
    void of(long size);
  }

  private static final class Admission {

    private final TensorPool pool;
    private final long bytes;

    Admission(TensorPool pool, long bytes) {
      this.pool = pool;
      this.bytes = bytes;
    }
  }

  /** Blocks that nobody uses at the moment. */
  static final class Reserve implements AutoCloseable {

    /** A larger block is freed when given back, so that one giant doesn't hold it for hours. */
    private static final long KEPT_BYTES = 64L << 20;

    /** What all that is kept may have. */
    private static final long MOST_BYTES = 256L << 20;

    private final Deque<TensorMemory> idle = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    /**
     * A block for so many bytes: one of at most twice and at least half of them, or an empty one.
     * Any block for any size would make all of them as large as the largest input of a pyramid.
     */
    synchronized TensorMemory take(long size) {
      TensorMemory best = null;
      for (TensorMemory memory : idle) {
        if (memory.size() <= 2 * size
            && 2 * memory.size() >= size
            && (best == null || loss(memory, size) < loss(best, size))) {
          best = memory;
        }
      }
      if (best == null) {
        return new TensorMemory();
      }
      idle.remove(best);
      bytes -= best.size();
      return best;
    }

    /** What would lie idle in a block, or be allocated anew. */
    private static long loss(TensorMemory memory, long size) {
      return memory.size() >= size ? memory.size() - size : size;
    }

    /** Keeps a block instead of those that nobody used for longest, or frees it. */
    synchronized void giveBack(TensorMemory memory) {
      long size = memory.size();
      if (closed || size == 0 || size > KEPT_BYTES) {
        memory.close();
        return;
      }
      while (bytes + size > MOST_BYTES) {
        TensorMemory oldest = idle.removeLast();
        bytes -= oldest.size();
        oldest.close();
      }
      bytes += size;
      idle.push(memory);
    }

    @Override
    public synchronized void close() {
      closed = true;
      idle.forEach(TensorMemory::close);
      idle.clear();
    }
  }
}
