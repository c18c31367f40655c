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
   * Tasks with two stations each: a decoder that runs ahead and admits images of one or three
   * inputs, giants among them, and a worker that finishes them in order, with outputs and with
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
        BlockingQueue<List<TensorLease>> ahead = new ArrayBlockingQueue<>(64);
        done.add(
            threads.submit(
                () -> {
                  for (long size : images) {
                    ahead.put(first.lease(size % 3 == 0 ? List.of(1L, 1L, size) : List.of(size)));
                  }
                  return null;
                }));
        done.add(
            threads.submit(
                () -> {
                  for (long size : images) {
                    finish(budget, second, size, ahead.take());
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

  private static void finish(
      TensorBudget budget, TensorPool second, long size, List<TensorLease> inputs)
      throws InterruptedException {
    try (TensorLease outputs = budget.outputs(size)) {
      assertThat(outputs.buffer().limit()).isEqualTo((int) size);
      inputs.forEach(TensorLease::close);
    }
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
      one.lease(List.of(900L));
      assertThat(one.lease(List.of(900L))).hasSize(1);
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
      TensorLease small = one.lease(List.of(10L)).get(0);
      Future<List<TensorLease>> giant = others.submit(() -> two.lease(List.of(9000L)));
      awaitWaiting(budget, 1);
      Future<List<TensorLease>> later = others.submit(() -> three.lease(List.of(10L)));
      awaitWaiting(budget, 2);
      assertThat(giant.isDone() || later.isDone()).isFalse();

      small.close();
      TensorLease alone = giant.get().get(0);
      assertThat(later.isDone()).isFalse();
      assertThat(budget.used()).isEqualTo(9000);

      alone.close();
      later.get().get(0).close();
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
      assertThatThrownBy(() -> pool.lease(List.of(5L, 1L << 40, 5L)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> pool.leaseMore(1L << 40))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(budget.used()).isZero();
      pool.lease(List.of(5L, 5L, 5L)).forEach(TensorLease::close);
    }
  }

  @Test
  void giantsAndWhatExceedsTheReserveAreFreed() {
    try (TensorBudget.Reserve reserve = new TensorBudget.Reserve()) {
      TensorMemory giant = new TensorMemory();
      giant.bytes(65L << 20);
      reserve.giveBack(giant);
      assertThat(reserve.take().size()).isZero();

      for (int index = 0; index < 5; index++) {
        TensorMemory memory = new TensorMemory();
        memory.bytes(64L << 20);
        reserve.giveBack(memory);
      }
      List<Long> kept = new ArrayList<>();
      for (int index = 0; index < 5; index++) {
        try (TensorMemory memory = reserve.take()) {
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

      assertThat(reserve.take()).isSameAs(used);
      used.close();
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
