package org.retinaspark.udf.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The native memory of all tensors of an executor, under one account. Each task brings a share, and
 * any task may use what others don't.
 *
 * <p>The rule that keeps it free of deadlocks: <b>only the admission of an image waits</b>, in the
 * order of asking, until the image fits or nothing else is admitted, so that a single giant goes
 * through alone. What an admitted image needs more (its outputs, the inputs of a further network)
 * is counted and given at once: the memory that it would wait for may be held by images that are
 * finished after it. So an admitted image never waits for memory, is finished, and gives back. What
 * goes beyond the budget is what runs at one moment, an image a task. It holds as long as a task
 * finishes its images in the order in which it asks for them.
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
   * Admits an image of a task.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalArgumentException if an input is larger than a buffer can address
   * @throws EngineException if the task's pool is closed
   */
  List<TensorLease> admit(TensorPool pool, List<Long> sizes) throws InterruptedException {
    long bytes = sizes.stream().mapToLong(Long::longValue).sum();
    await(new Admission(pool, sizes.size(), bytes));
    return leases(sizes, size -> released(pool, size));
  }

  /** A further input of an admitted image, if its pool may lend one more; never waits. */
  Optional<TensorLease> more(TensorPool pool, long size) {
    synchronized (this) {
      pool.requireOpen();
      if (!pool.hasRoom(1)) {
        return Optional.empty();
      }
      pool.add(1);
      used += size;
    }
    return Optional.of(lease(inputs, size, bytes -> givenBack(pool, bytes)));
  }

  /** A further input of an admitted image, once its pool may lend one more. */
  synchronized TensorLease moreInTurn(TensorPool pool, long size) throws InterruptedException {
    while (!pool.isClosed() && !pool.hasRoom(1)) {
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

  private List<TensorLease> leases(List<Long> sizes, Release release) {
    List<TensorLease> given = new ArrayList<>(sizes.size());
    try {
      for (long size : sizes) {
        given.add(lease(inputs, size, release));
      }
      return given;
    } catch (RuntimeException | Error failure) {
      given.forEach(TensorLease::close);
      sizes.subList(given.size() + 1, sizes.size()).forEach(release::of);
      throw failure;
    }
  }

  /** What was counted before as a lease, or counted no more. */
  private static TensorLease lease(Reserve reserve, long size, Release release) {
    TensorMemory memory = reserve.take();
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

  private synchronized void await(Admission image) throws InterruptedException {
    waiting.add(image);
    try {
      while (!image.pool.isClosed() && next() != image) {
        wait();
      }
      image.pool.requireOpen();
      image.pool.add(image.count);
      admitted += image.count;
      used += image.bytes;
    } finally {
      waiting.remove(image);
      notifyAll();
    }
  }

  /** The first whose task may have more, if it fits; who asked later doesn't overtake it. */
  private @Nullable Admission next() {
    for (Admission image : waiting) {
      if (image.pool.hasRoom(image.count)) {
        return admitted == 0 || used + image.bytes <= tasks * share ? image : null;
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

  /** Images that wait to be admitted. */
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
    private final int count;
    private final long bytes;

    Admission(TensorPool pool, int count, long bytes) {
      this.pool = pool;
      this.count = count;
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

    @Override
    public synchronized void close() {
      closed = true;
      idle.forEach(TensorMemory::close);
      idle.clear();
    }
  }
}
