package org.retinaspark.udf.runtime;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.retinaspark.udf.model.TinyModels;

/**
 * A process that ends while threads of it run a network and open sessions, as an executor's does
 * that Spark stops.
 */
final class ExitDuringRuns {

  private static final int SIDE = 256;
  private static final int RUNNERS = 2;
  private static final Ports PORTS =
      new Ports(
          "image", ElementType.FLOAT, List.of("boxes", "scores", "points"), Integer.MAX_VALUE);

  private ExitDuringRuns() {}

  /** Ends with status 0. */
  public static void main(String[] arguments) throws InterruptedException {
    CountDownLatch running = new CountDownLatch(3 * RUNNERS + 3);
    CountDownLatch refused = new CountDownLatch(RUNNERS + 1);
    for (int runner = 0; runner < RUNNERS; runner++) {
      start(ExitDuringRuns::run, running, refused);
    }
    start(ExitDuringRuns::open, running, refused);
    running.await();
    // As Spark's hooks do, this one leaves the threads time to go on.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitQuietly(refused)));
    System.exit(0);
  }

  private interface Work {
    void go(int round) throws InterruptedException;
  }

  private static void start(Work work, CountDownLatch running, CountDownLatch refused) {
    Thread thread =
        new Thread(
            () -> {
              try {
                for (int round = 0; true; round++) {
                  work.go(round);
                  running.countDown();
                }
              } catch (EngineException ending) {
                refused.countDown();
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(int round) throws InterruptedException {
    Engine engine = Engine.shared();
    try (SessionLease lease = lease(1);
        TensorPool pool = engine.tensors(1)) {
      InputKind kind = new InputKind(PORTS, List.of(3, SIDE, SIDE));
      TensorLease tensor = pool.lease(kind.bytes());
      Inference inference = Batching.DEFAULT.inference(lease);
      try (Pending<Integer> pending = inference.submit(tensor, kind, List::size)) {
        pending.await();
      }
    }
  }

  private static void open(int round) {
    lease(2 + round).close();
  }

  private static SessionLease lease(int threads) {
    SessionRequest request =
        new SessionRequest(
            "tiny", "0".repeat(64), Provider.CPU, 0, SessionRequest.Precision.FLOAT32, threads);
    return Engine.shared().lease(request, TinyModels::pytorchFamily, hung -> {});
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      boolean unused = latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
