package org.retinaspark.udf.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TensorPoolTest {

  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    other.shutdownNow();
  }

  @Test
  void lendsMemoryOfTheSizeThatWasAskedFor() throws InterruptedException {
    try (TensorPool pool = new TensorPool(new TensorBudget(1000), 2)) {
      List<TensorLease> leases = pool.lease(List.of(100L, 300L));

      assertThat(leases).extracting(lease -> lease.buffer().limit()).containsExactly(100, 300);
      assertThat(leases).allMatch(lease -> lease.buffer().isDirect());
      leases.forEach(TensorLease::close);
    }
  }

  @Test
  void anImageWaitsUntilOthersHaveGivenBack() throws Exception {
    try (TensorPool pool = new TensorPool(new TensorBudget(1000), 2)) {
      TensorLease first = pool.lease(List.of(600L)).get(0);
      CountDownLatch asking = new CountDownLatch(1);
      Future<List<TensorLease>> second =
          other.submit(
              () -> {
                asking.countDown();
                return pool.lease(List.of(600L));
              });
      asking.await();
      assertThat(second.isDone()).isFalse();

      first.close();
      first.close();

      List<TensorLease> given = second.get();
      assertThat(given).hasSize(1);
      given.get(0).close();
    }
  }

  @Test
  void anImageLargerThanThePoolIsLetInAlone() throws InterruptedException {
    try (TensorPool pool = new TensorPool(new TensorBudget(10), 1)) {
      List<TensorLease> pyramid = pool.lease(List.of(50L, 50L, 50L));

      assertThat(pyramid).hasSize(3);
      pyramid.forEach(TensorLease::close);
    }
  }

  @Test
  void whatIsTooLargeForABufferTakesNothing() throws InterruptedException {
    try (TensorPool pool = new TensorPool(new TensorBudget(10), 1)) {
      assertThatThrownBy(() -> pool.lease(List.of(1L << 40)))
          .isInstanceOf(IllegalArgumentException.class);

      pool.lease(List.of(5L)).get(0).close();
    }
  }

  @Test
  void whoWaitsIsToldThatThePoolIsClosed() throws Exception {
    TensorPool pool = new TensorPool(new TensorBudget(10), 1);
    TensorLease held = pool.lease(List.of(5L)).get(0);
    Future<List<TensorLease>> waiting = other.submit(() -> pool.lease(List.of(5L)));

    pool.close();
    held.close();

    assertThatThrownBy(waiting::get).hasMessageContaining("closed");
  }
}
