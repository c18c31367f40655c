package org.retinaspark.udf.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TensorBudgetTest {

  private static final int SHARE = 1000;

  /**
   * Tasks with two stations each: a decoder that runs ahead with images of one or three inputs,
   * giants among them, and a worker that finishes input after input, with outputs, and images with
   * inputs of a second network.
   */
  @Property(tries = 60)
  void everyImageOfEveryTaskIsFinished(
      @ForAll @Size(min = 1, max = 4)
          List<@Size(max = 12) List<@IntRange(min = 1, max = 2500) Integer>> tasks)
      throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (TensorBudget budget = new TensorBudget(SHARE)) {
      List<Future<?>> done = new ArrayList<>();
      for (List<Integer> images : tasks) {
        TensorPool first = new TensorPool(budget, 3);
        TensorPool second = new TensorPool(budget, 2);
        BlockingQueue<TensorLease> ahead = new ArrayBlockingQueue<>(64);
        done.add(
            threads.submit(
                () -> {
                  for (long size : images) {
                    for (long input : inputs(size)) {
                      ahead.put(first.lease(input));
                    }
                  }
                  return null;
                }));
        done.add(
            threads.submit(
                () -> {
                  for (long size : images) {
                    for (long input : inputs(size)) {
                      run(budget, input, ahead.take());
                    }
                    lookFurther(second, size);
                  }
                  return null;
                }));
      }
      for (Future<?> end : done) {
        end.get(30, TimeUnit.SECONDS);
      }
      assertThat(budget.used()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Long> inputs(long size) {
    return size % 3 == 0 ? List.of(1L, size, size / 2) : List.of(size);
  }

  private static void run(TensorBudget budget, long size, TensorLease input) {
    try (input;
        TensorLease outputs = budget.outputs(size)) {
      assertThat(input.buffer().limit()).isEqualTo((int) size);
      assertThat(outputs.buffer().limit()).isEqualTo((int) size);
    }
  }

  private static void lookFurther(TensorPool second, long size) throws InterruptedException {
    // The decoder may hold all the rest for images that come later.
    try (TensorLease one = second.leaseNow(size).orElseThrow();
        TensorLease other = second.leaseMore(1)) {
      assertThat(second.leaseNow(size)).isEmpty();
      assertThat(one.buffer()).isNotSameAs(other.buffer());
    }
  }

  @Test
  void tasksUseWhatOthersDoNot() throws InterruptedException {
    TensorBudget budget = new TensorBudget(SHARE);
    try (TensorPool one = new TensorPool(budget, 9);
        TensorPool idle = new TensorPool(budget, 9)) {
      one.lease(900);
      one.lease(900);
      assertThat(budget.used()).isEqualTo(1800);
      idle.leaseMore(1).close();
    }
  }

  @Test
  void aGiantWaitsUntilItIsAloneAndNobodyOvertakesIt() throws Exception {
    ExecutorService others = Executors.newCachedThreadPool();
    TensorBudget budget = new TensorBudget(SHARE);
    try (TensorPool one = new TensorPool(budget, 9);
        TensorPool two = new TensorPool(budget, 9);
        TensorPool three = new TensorPool(budget, 9)) {
      TensorLease small = one.lease(10);
      Future<TensorLease> giant = others.submit(() -> two.lease(9000));
      awaitWaiting(budget, 1);
      Future<TensorLease> later = others.submit(() -> three.lease(10));
      awaitWaiting(budget, 2);
      assertThat(giant.isDone() || later.isDone()).isFalse();

      small.close();
      TensorLease alone = giant.get();
      assertThat(later.isDone()).isFalse();
      assertThat(budget.used()).isEqualTo(9000);

      alone.close();
      later.get().close();
      assertThat(budget.used()).isZero();
    } finally {
      others.shutdownNow();
    }
  }

  private static void awaitWaiting(TensorBudget budget, int count) {
    while (budget.waiting() < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsTooLargeForABufferLeavesNothingCounted() throws InterruptedException {
    TensorBudget budget = new TensorBudget(SHARE);
    try (TensorPool pool = new TensorPool(budget, 3)) {
      assertThatThrownBy(() -> pool.lease(1L << 40)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> pool.leaseMore(1L << 40))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(budget.used()).isZero();
      for (int count = 0; count < 3; count++) {
        pool.lease(5);
      }
    }
  }

  @Test
  void giantsAndWhatExceedsTheReserveAreFreed() {
    try (TensorBudget.Reserve reserve = new TensorBudget.Reserve()) {
      TensorMemory giant = new TensorMemory();
      giant.bytes(65L << 20);
      reserve.giveBack(giant);
      assertThat(reserve.take(65L << 20).size()).isZero();

      for (int index = 0; index < 5; index++) {
        TensorMemory memory = new TensorMemory();
        memory.bytes(64L << 20);
        reserve.giveBack(memory);
      }
      List<Long> kept = new ArrayList<>();
      for (int index = 0; index < 5; index++) {
        try (TensorMemory memory = reserve.take(64L << 20)) {
          kept.add(memory.size() >> 20);
        }
      }
      assertThat(kept).containsExactly(64L, 64L, 64L, 64L, 0L);
    }
  }

  @Test
  void whatOneTaskGaveBackServesTheNext() {
    try (TensorBudget.Reserve reserve = new TensorBudget.Reserve()) {
      TensorMemory used = new TensorMemory();
      used.bytes(1000);
      reserve.giveBack(used);

      assertThat(reserve.take(800)).isSameAs(used);
      used.close();
    }
  }

  @Test
  void aBlockServesInputsOfAboutItsSize() {
    try (TensorBudget.Reserve reserve = new TensorBudget.Reserve()) {
      for (long size : List.of(100L, 900L, 1000L, 5000L)) {
        TensorMemory memory = new TensorMemory();
        memory.bytes(size);
        reserve.giveBack(memory);
      }
      List<Long> taken = new ArrayList<>();
      for (long size : List.of(850L, 850L, 850L, 6000L, 10L)) {
        try (TensorMemory memory = reserve.take(size)) {
          taken.add(memory.size());
        }
      }
      assertThat(taken).containsExactly(900L, 1000L, 0L, 5000L, 0L);
    }
  }

  @Test
  void aBlockThatNobodyUsesMakesRoom() {
    try (TensorBudget.Reserve reserve = new TensorBudget.Reserve()) {
      for (long size : List.of(1L, 64L, 64L, 64L, 64L)) {
        TensorMemory memory = new TensorMemory();
        memory.bytes(size << 20);
        reserve.giveBack(memory);
      }
      try (TensorMemory oldest = reserve.take(1L << 20);
          TensorMemory newest = reserve.take(64L << 20)) {
        assertThat(oldest.size()).isZero();
        assertThat(newest.size()).isEqualTo(64L << 20);
      }
    }
  }

  @Test
  void aClosedReserveKeepsNothing() {
    TensorMemory late = new TensorMemory();
    late.bytes(1000);
    TensorBudget.Reserve reserve = new TensorBudget.Reserve();
    reserve.close();
    reserve.giveBack(late);
    assertThat(late.size()).isZero();
  }
}
