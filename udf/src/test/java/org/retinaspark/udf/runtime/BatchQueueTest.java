package org.retinaspark.udf.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When batches leave. Who would wait is told by an interrupt that the test has set before. */
@Timeout(60)
class BatchQueueTest {

  private static final int HOURS = 10_000_000;
  private static final Ports PORTS =
      new Ports("input", ElementType.FLOAT, List.of("output"), Integer.MAX_VALUE);
  private static final InputKind SMALL = new InputKind(PORTS, List.of(3, 4, 4));
  private static final InputKind LARGE = new InputKind(PORTS, List.of(3, 8, 8));

  private final BatchQueue queue = new BatchQueue();
  private final TensorBudget budget = new TensorBudget(1 << 20);
  private final TensorPool pool = new TensorPool(budget, 100);
  private final List<BatchQueue.Request<Float>> requests = new ArrayList<>();

  @AfterEach
  void free() {
    Thread.interrupted();
    requests.forEach(BatchQueue.Request::close);
    budget.close();
  }

  @Test
  void aFullBatchLeavesWhileAnotherRunsAndAThirdDoesNot() throws InterruptedException {
    add(SMALL, HOURS, 6);

    assertThat(left()).hasSize(2);
    assertThat(left()).hasSize(2);
    assertWaits();
    queue.ran();
    assertThat(left()).isEqualTo(requests.subList(4, 6));
  }

  @Test
  void oneThatIsNotFullLeavesOnlyWhenNothingRuns() throws InterruptedException {
    add(SMALL, 0, 3);

    assertThat(left()).hasSize(2);
    assertWaits();
    queue.ran();
    assertThat(left()).isEqualTo(requests.subList(2, 3));
  }

  @Test
  void aFullOneLeavesBeforeOneThatWaitsLongerForOthers() throws InterruptedException {
    add(LARGE, HOURS, 1);
    add(SMALL, HOURS, 2);

    assertThat(left()).isEqualTo(requests.subList(1, 3));
  }

  @Test
  void afterTheEndNothingLeaves() throws InterruptedException {
    add(SMALL, HOURS, 3);
    List<BatchQueue.Request<?>> left = left();
    queue.end(new EngineException("over"));

    assertThat(left()).isEmpty();
    assertThat(left.get(0)).isSameAs(requests.get(0));
    for (BatchQueue.Request<Float> request : requests) {
      assertThatThrownBy(request::await).isInstanceOf(EngineException.class).hasMessage("over");
    }
    assertThatThrownBy(() -> add(SMALL, HOURS, 1)).isInstanceOf(EngineException.class);
  }

  @Test
  void whatIsLikelyToLeaveCanBeCopiedMeanwhile() throws InterruptedException {
    add(SMALL, 0, 2, 4);
    assertThat(left()).hasSize(2);

    add(SMALL, 0, 2, 4);
    assertThat(queue.next())
        .isEqualTo(new BatchQueue.Next(List.copyOf(requests.subList(2, 4)), false));
    assertWaits();
    add(SMALL, 0, 1, 4);
    assertThat(queue.next().requests()).isEqualTo(requests.subList(2, 5));
    queue.ran();
    assertThat(left()).isEqualTo(requests.subList(2, 5));
  }

  @Test
  void afterTheEndWhatIsCopiedGoesBackOnlyOnceNobodyCopies() throws InterruptedException {
    add(SMALL, HOURS, 2, 4);
    assertThat(queue.next().leaves()).isFalse();
    queue.end(new EngineException("over"));
    assertThat(budget.used()).isPositive();

    queue.free();
    assertThat(budget.used()).isZero();
  }

  private List<BatchQueue.Request<?>> left() throws InterruptedException {
    BatchQueue.Next next = queue.next();
    assertThat(next.leaves()).isTrue();
    return next.requests();
  }

  private void assertWaits() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(queue::next).isInstanceOf(InterruptedException.class);
  }

  private void add(InputKind kind, int waitMillis, int count) throws InterruptedException {
    add(kind, waitMillis, count, 2);
  }

  private void add(InputKind kind, int waitMillis, int count, int size)
      throws InterruptedException {
    BatchQueue.Group group = new BatchQueue.Group(kind, new BatchLimits(size, 1 << 20, waitMillis));
    for (int number = 0; number < count; number++) {
      TensorLease tensor = pool.leaseNow(kind.bytes()).orElseThrow();
      BatchQueue.Request<Float> request =
          new BatchQueue.Request<>(tensor, group, outputs -> outputs.get(0).get(0));
      requests.add(request);
      queue.add(request);
    }
  }
}
