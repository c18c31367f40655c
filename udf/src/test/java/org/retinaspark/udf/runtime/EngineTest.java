package org.retinaspark.udf.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine on fake networks. */
@Timeout(60)
class EngineTest {

  private static final BatchLimits ONE = new BatchLimits(1, 1 << 20, 0);
  private static final BatchLimits OTHER = new BatchLimits(1, 1 << 19, 0);

  private final List<FakeNetwork> networks = new CopyOnWriteArrayList<>();
  private final List<EngineException> hangs = new CopyOnWriteArrayList<>();
  private final ExecutorService task = Executors.newCachedThreadPool();
  private final Engine engine =
      new Engine(
          (request, model, budget) -> {
            networks.add(new FakeNetwork());
            return networks.get(networks.size() - 1);
          });

  @AfterEach
  void letGo() {
    networks.forEach(network -> network.letGo.countDown());
    task.shutdownNow();
  }

  @Test
  void tasksShareTheSessionOfTheirRequest() {
    SessionLease first = lease(request(0));
    SessionLease second = lease(request(0));
    SessionLease onAnotherDevice = lease(request(1));
    SessionLease lessPrecise =
        lease(
            new SessionRequest(
                "tiny", "0".repeat(64), Provider.CPU, 0, SessionRequest.Precision.TF32, 1));

    assertThat(List.of(first, second, onAnotherDevice, lessPrecise))
        .extracting(SessionLease::opened)
        .containsExactly(true, false, true, true);
    assertThat(networks).hasSize(3);
  }

  @Test
  void ofTheSessionsThatNobodyLeasesThoseUsedLastStayOpen() {
    List<SessionLease> leases = new ArrayList<>();
    for (int device = 0; device < 5; device++) {
      leases.add(lease(request(device)));
    }
    assertThat(networks).noneMatch(network -> network.closed);

    leases.forEach(SessionLease::close);
    leases.forEach(SessionLease::close);

    assertThat(networks)
        .extracting(network -> network.closed)
        .containsExactly(true, true, false, false, false);
    assertThat(lease(request(4)).opened()).isFalse();
    assertThat(lease(request(0)).opened()).isTrue();
  }

  @Test
  void aSessionIsNotClosedUnderARun() throws Exception {
    SessionLease lease = lease(request(0));
    Future<Float> run = direct(lease, FakeNetwork.HANGS);
    FakeNetwork network = networks.get(0);
    network.hanging.await();
    lease.close();

    openAndLeave(1, 6);
    assertThat(network.closed).isFalse();

    network.letGo.countDown();
    assertThat(run.get()).isEqualTo(FakeNetwork.HANGS);
    openAndLeave(6, 9);
    assertThat(network.closed).isTrue();
  }

  @Test
  void whatIsSubmittedToAClosedSessionIsRefused() throws Exception {
    SessionLease lease = lease(request(0));
    Inference direct = Batching.DEFAULT.inference(lease);
    Inference shared = new Batching(Batching.Mode.SHARED, ONE).inference(lease);
    lease.close();
    openAndLeave(1, 6);
    assertThat(networks.get(0).closed).isTrue();

    try (TensorPool pool = engine.tensors(1)) {
      Pending<Float> late = FakeNetwork.submit(direct, pool, 4, 1);
      assertThatThrownBy(late::await).isInstanceOf(EngineException.class);
      assertThatThrownBy(() -> FakeNetwork.submit(shared, pool, 4, 1))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("closed");
      pool.lease(1).close();
    }
  }

  @Test
  void twoLimitsAreServedByOneThread() throws Exception {
    SessionLease lease = lease(request(0));
    try (TensorPool pool = engine.tensors(2)) {
      for (BatchLimits limits : List.of(ONE, OTHER, ONE)) {
        Inference inference = new Batching(Batching.Mode.SHARED, limits).inference(lease);
        assertThat(FakeNetwork.submit(inference, pool, 4, 5).await().value()).isEqualTo(5);
      }
    }
    assertThat(new HashSet<>(networks.get(0).threads)).hasSize(1);
  }

  @Test
  void aRunThatHangsIsToldToAllWhoWaitAndToAllWhoLease() throws Exception {
    SessionLease lease = lease(request(0));
    SessionLease other = lease(request(0));
    Inference shared = new Batching(Batching.Mode.SHARED, ONE).inference(lease);
    try (TensorPool pool = engine.tensors(9)) {
      Pending<Float> running = FakeNetwork.submit(shared, pool, 4, FakeNetwork.HANGS);
      networks.get(0).hanging.await();
      Pending<Float> queued = FakeNetwork.submit(shared, pool, 4, 1);

      engine.check(System.nanoTime());
      assertThat(hangs).isEmpty();
      engine.check(later());
      engine.check(later());

      assertThat(hangs).hasSize(2);
      assertThat(hangs.get(0)).hasMessageContaining("tiny").hasMessageContaining("600 s");
      assertThatThrownBy(running::await).isSameAs(hangs.get(0));
      assertThatThrownBy(queued::await).isSameAs(hangs.get(0));
      assertThatThrownBy(() -> FakeNetwork.submit(shared, pool, 4, 1)).isSameAs(hangs.get(0));
    }
    assertThat(lease(request(0)).opened()).isTrue();
    assertThat(other.opened()).isFalse();
  }

  @Test
  void theMemoryThatAHangingRunReadsIsNotLentAgainBeforeItEnds() throws Exception {
    Inference shared = new Batching(Batching.Mode.SHARED, ONE).inference(lease(request(0)));
    try (TensorPool pool = engine.tensors(1)) {
      TensorLease tensor = pool.lease(FakeNetwork.bytes(4));
      Pending<Float> running = FakeNetwork.submit(shared, tensor, 4, FakeNetwork.HANGS);
      networks.get(0).hanging.await();
      engine.check(later());
      running.close();

      assertThat(tensor.buffer()).isNotNull();
      networks.get(0).letGo.countDown();
      pool.lease(1).close();
    }
  }

  @Test
  void aTaskThatHangsInItsOwnRunIsNoticed() throws Exception {
    Future<Float> run = direct(lease(request(0)), FakeNetwork.HANGS);
    networks.get(0).hanging.await();

    engine.check(later());

    assertThat(hangs).hasSize(1);
    assertThat(run).isNotDone();
  }

  @Test
  void theEndWaitsForRunsAndAllowsNoFurtherOne() throws Exception {
    SessionLease lease = lease(request(0));
    Future<Float> run = direct(lease, FakeNetwork.HANGS);
    networks.get(0).hanging.await();

    assertThat(engine.drain(Duration.ZERO)).isFalse();
    assertThatThrownBy(() -> direct(lease, 1).get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(EngineException.class)
        .hasMessageContaining("ending");
    assertThatThrownBy(() -> lease(request(1))).isInstanceOf(EngineException.class);

    networks.get(0).letGo.countDown();
    assertThat(run.get()).isEqualTo(FakeNetwork.HANGS);
    assertThat(engine.drain(Duration.ofSeconds(30))).isTrue();
  }

  private void openAndLeave(int from, int to) {
    for (int device = from; device < to; device++) {
      lease(request(device)).close();
    }
  }

  private Future<Float> direct(SessionLease lease, float value) {
    Inference inference = Batching.DEFAULT.inference(lease);
    return task.submit(
        () -> {
          try (TensorPool pool = engine.tensors(1);
              Pending<Float> pending = FakeNetwork.submit(inference, pool, 4, value)) {
            return pending.await().value();
          }
        });
  }

  private SessionLease lease(SessionRequest request) {
    return engine.lease(request, () -> new byte[0], hangs::add);
  }

  private static SessionRequest request(int device) {
    return new SessionRequest(
        "tiny", "0".repeat(64), Provider.CPU, device, SessionRequest.Precision.FLOAT32, 1);
  }

  private static long later() {
    return System.nanoTime() + TimeUnit.MINUTES.toNanos(11);
  }
}
