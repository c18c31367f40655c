package org.retinaspark.udf.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retinaspark.udf.runtime.FakeNetwork.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The batcher on a fake network, whose only output is an input's first value. */
@Timeout(60)
class BatcherTest {

  private static final int HOURS = 10_000_000;

  private final FakeNetwork network = new FakeNetwork();
  private final TensorBudget budget = new TensorBudget(1 << 20);

  @AfterEach
  void freeReserve() {
    budget.close();
  }

  @Test
  void aFullBatchLeavesAtOnce() throws InterruptedException {
    Inference batcher = Batcher.start(network).within(new BatchLimits(3, 1 << 20, HOURS));
    try (TensorPool pool = new TensorPool(budget, 9)) {
      List<Pending<Float>> pending = new ArrayList<>();
      for (int value = 1; value <= 3; value++) {
        pending.add(submit(batcher, pool, 32, value));
      }

      for (int value = 1; value <= 3; value++) {
        assertThat(pending.get(value - 1).await().value()).isEqualTo(value);
      }
      assertThat(network.batches).containsExactly(3);
    }
  }

  @Test
  void oneAloneLeavesAfterItsWait() throws InterruptedException {
    Inference batcher = Batcher.start(network).within(new BatchLimits(3, 1 << 20, 1));
    try (TensorPool pool = new TensorPool(budget, 9)) {
      Pending.Inferred<Float> inferred = submit(batcher, pool, 32, 7).await();

      assertThat(inferred.value()).isEqualTo(7);
      assertThat(inferred.queuedNanos()).isGreaterThanOrEqualTo(1_000_000);
      assertThat(network.batches).containsExactly(1);
    }
  }

  @Test
  void sizesAreNotMixed() throws InterruptedException {
    Inference batcher = Batcher.start(network).within(new BatchLimits(2, 1 << 20, HOURS));
    try (TensorPool pool = new TensorPool(budget, 9)) {
      Pending<Float> small = submit(batcher, pool, 32, 1);
      Pending<Float> large = submit(batcher, pool, 64, 2);
      Pending<Float> large2 = submit(batcher, pool, 64, 3);
      Pending<Float> small2 = submit(batcher, pool, 32, 4);

      assertThat(large.await().value()).isEqualTo(2);
      assertThat(large2.await().value()).isEqualTo(3);
      assertThat(small.await().value()).isEqualTo(1);
      assertThat(small2.await().value()).isEqualTo(4);
      assertThat(network.batches).containsExactly(2, 2);
    }
  }

  @Test
  void bytesBoundABatch() throws InterruptedException {
    long two = 2 * FakeNetwork.bytes(32);
    Inference batcher = Batcher.start(network).within(new BatchLimits(100, two, HOURS));
    try (TensorPool pool = new TensorPool(budget, 9)) {
      Pending<Float> first = submit(batcher, pool, 32, 1);
      Pending<Float> second = submit(batcher, pool, 32, 2);

      assertThat(first.await().value()).isEqualTo(1);
      assertThat(second.await().value()).isEqualTo(2);
      assertThat(network.batches).containsExactly(2);
    }
  }

  @Test
  void onlyTheGuiltyInputOfABatchFails() throws InterruptedException {
    Inference batcher = Batcher.start(network).within(new BatchLimits(3, 1 << 20, HOURS));
    try (TensorPool pool = new TensorPool(budget, 9)) {
      Pending<Float> good = submit(batcher, pool, 32, 1);
      Pending<Float> bad = submit(batcher, pool, 32, -1);
      Pending<Float> alsoGood = submit(batcher, pool, 32, 3);

      assertThat(good.await().value()).isEqualTo(1);
      assertThatThrownBy(bad::await).isInstanceOf(InferenceException.class);
      assertThat(alsoGood.await().value()).isEqualTo(3);
      assertThat(network.batches).containsExactly(3, 1, 1, 1);
    }
  }

  @Test
  void whatIsGivenUpIsNotRunAndItsMemoryComesBack() throws InterruptedException {
    Inference batcher = Batcher.start(network).within(new BatchLimits(2, 1 << 20, HOURS));
    try (TensorPool pool = new TensorPool(budget, 2)) {
      Pending<Float> unwanted = submit(batcher, pool, 32, 1);
      unwanted.close();
      Pending<Float> wanted = submit(batcher, pool, 32, 2);

      assertThat(wanted.await().value()).isEqualTo(2);
      assertThat(network.batches).containsExactly(1);
      try (TensorLease one = pool.lease(1);
          TensorLease other = pool.lease(1)) {
        assertThat(one.buffer()).isNotSameAs(other.buffer());
      }
    }
  }

  @Test
  void manyTasksEachGetTheirOwn() throws Exception {
    Inference batcher = Batcher.start(network).within(new BatchLimits(4, 1 << 20, 1));
    ExecutorService tasks = Executors.newFixedThreadPool(8);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Boolean>> done = new ArrayList<>();
      for (int task = 0; task < 8; task++) {
        int own = task;
        done.add(
            tasks.submit(
                () -> {
                  start.await();
                  return everyValueComesBack(batcher, own);
                }));
      }
      start.countDown();
      for (Future<Boolean> task : done) {
        assertThat(task.get()).isTrue();
      }
    } finally {
      tasks.shutdownNow();
    }
  }

  private boolean everyValueComesBack(Inference batcher, int task) throws InterruptedException {
    try (TensorPool pool = new TensorPool(budget, 2)) {
      for (int image = 0; image < 200; image++) {
        int value = task * 1000 + image;
        int side = 32 << ThreadLocalRandom.current().nextInt(2);
        try (Pending<Float> pending = submit(batcher, pool, side, value)) {
          if (pending.await().value() != value) {
            return false;
          }
        }
      }
      return true;
    }
  }

  /** So that the thread that runs the network goes on to the next batch. */
  @Test
  void outputsAreReadByWhoAwaitsAndTheirMemoryGoesBackThen() throws InterruptedException {
    Inference batcher = Batcher.start(network).within(new BatchLimits(2, 1 << 20, HOURS));
    try (TensorPool pool = new TensorPool(budget, 4)) {
      List<Thread> readers = new ArrayList<>();
      List<Pending<Float>> pending = new ArrayList<>();
      for (int value = 1; value <= 4; value++) {
        pending.add(
            submit(
                batcher,
                pool.lease(FakeNetwork.bytes(32)),
                32,
                value,
                outputs -> {
                  readers.add(Thread.currentThread());
                  return outputs.get(0).get(0);
                }));
      }
      // Both batches have run before anybody reads the first.
      assertThat(network.batches.take()).isEqualTo(2);
      assertThat(network.batches.take()).isEqualTo(2);
      for (Pending<Float> one : pending.subList(0, 3)) {
        one.await();
      }
      pending.get(3).close();

      assertThat(readers).containsOnly(Thread.currentThread()).hasSize(3);
      assertThat(network.threads).doesNotContain(Thread.currentThread());
      requireAllBack(pool, 4);
    }
  }

  /** A batch that leaves while another hangs is ready, and told when the batcher ends. */
  @Test
  void whatIsReadyBehindARunThatHangsIsGivenUpWithIt() throws InterruptedException {
    Batcher batcher = Batcher.start(network);
    Inference pairs = batcher.within(new BatchLimits(2, 1 << 20, HOURS));
    try (TensorPool pool = new TensorPool(budget, 6)) {
      List<Pending<Float>> pending = new ArrayList<>();
      for (float value : new float[] {FakeNetwork.HANGS, 1, 2, 3, 4, 5}) {
        pending.add(submit(pairs, pool, 32, value));
      }
      network.hanging.await();
      batcher.end(new EngineException("hangs"));
      for (Pending<Float> one : pending) {
        assertThatThrownBy(one::await).isInstanceOf(EngineException.class).hasMessage("hangs");
      }
      network.letGo.countDown();

      requireAllBack(pool, 6);
    }
  }

  /** Waits until a pool may lend so many inputs: all that it can. */
  private static void requireAllBack(TensorPool pool, int leases) throws InterruptedException {
    for (int lease = 0; lease < leases; lease++) {
      assertThat(pool.lease(1).buffer().limit()).isEqualTo(1);
    }
  }

  @Test
  void aDeadThreadIsToldToAllWhoWaitAndWhoCome() throws InterruptedException {
    Batcher batcher = Batcher.start(network);
    Inference patient = batcher.within(new BatchLimits(3, 1 << 20, HOURS));
    try (TensorPool pool = new TensorPool(budget, 9)) {
      Pending<Float> waits = submit(patient, pool, 32, 1);
      // Nobody can divide a batch's bytes by those of an input of none.
      Pending<Float> kills = submit(patient, pool.leaseNow(4).orElseThrow(), 0, 2);

      assertThatThrownBy(kills::await).isInstanceOf(EngineException.class);
      assertThatThrownBy(waits::await)
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("has died")
          .hasRootCauseInstanceOf(ArithmeticException.class);
      assertThat(batcher.hasEnded()).isTrue();
      for (int late = 0; late < 100; late++) {
        assertThatThrownBy(() -> submit(patient, pool, 32, 3)).hasMessageContaining("has died");
      }
      assertThat(budget.used()).isZero();
    }
  }

  @Test
  void aTaskKilledWhileItWaitsToHandInGivesItsMemoryBack() throws Exception {
    Batcher batcher = Batcher.start(network);
    Inference patient = batcher.within(new BatchLimits(1000, 1 << 20, HOURS));
    TensorPool pool = new TensorPool(budget, 100);
    List<Pending<Float>> waiting = new ArrayList<>();
    for (int value = 0; value < 64; value++) {
      waiting.add(submit(patient, pool, 4, value));
    }
    long used = budget.used();
    Thread.currentThread().interrupt();

    TensorLease tensor = pool.leaseNow(FakeNetwork.bytes(4)).orElseThrow();
    assertThatThrownBy(() -> submit(patient, tensor, 4, 64))
        .isInstanceOf(InterruptedException.class);

    assertThat(budget.used()).isEqualTo(used);
    waiting.forEach(Pending::close);
  }
}
