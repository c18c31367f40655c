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
      List<TensorLease> leases = List.of(pool.lease(100), pool.lease(300));

      assertThat(leases).extracting(lease -> lease.buffer().limit()).containsExactly(100, 300);
      assertThat(leases).allMatch(lease -> lease.buffer().isDirect());
      leases.forEach(TensorLease::close);
    }
  }

  @Test
  void anInputWaitsUntilOthersHaveGivenBack() throws Exception {
    try (TensorPool pool = new TensorPool(new TensorBudget(1000), 2)) {
      TensorLease first = pool.lease(600);
      CountDownLatch asking = new CountDownLatch(1);
      Future<TensorLease> second =
          other.submit(
              () -> {
                asking.countDown();
                return pool.lease(600);
              });
      asking.await();
      assertThat(second.isDone()).isFalse();

      first.close();
      first.close();

      second.get().close();
    }
  }

  @Test
  void anInputLargerThanTheBudgetIsLetInAlone() throws InterruptedException {
    try (TensorPool pool = new TensorPool(new TensorBudget(10), 1);
        TensorLease giant = pool.lease(50)) {
      assertThat(giant.buffer().limit()).isEqualTo(50);
    }
  }

  @Test
  void whatIsTooLargeForABufferTakesNothing() throws InterruptedException {
    try (TensorPool pool = new TensorPool(new TensorBudget(10), 1)) {
      assertThatThrownBy(() -> pool.lease(1L << 40)).isInstanceOf(IllegalArgumentException.class);

      pool.lease(5).close();
    }
  }

  @Test
  void whoWaitsIsToldThatThePoolIsClosed() throws Exception {
    TensorPool pool = new TensorPool(new TensorBudget(10), 1);
    TensorLease held = pool.lease(5);
    Future<TensorLease> waiting = other.submit(() -> pool.lease(5));

    pool.close();
    held.close();

    assertThatThrownBy(waiting::get).hasMessageContaining("closed");
  }
}
