package org.retinaspark.udf.runtime;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open network of an {@link Engine}: who leases it, what runs on it, and its batcher, one
 * whatever the limits of those who share it. It is closed only when nobody leases it and nothing
 * runs.
 */
final class HeldSession implements Network {

  private static final Logger LOG = LoggerFactory.getLogger(HeldSession.class);

  /** The number of users of a session that is closed. */
  private static final int CLOSED = -1;

  private final String model;
  private final Network network;
  private final Runs runs;
  private final Set<SessionLease> leases = ConcurrentHashMap.newKeySet();
  // Leases and runs.
  private final AtomicInteger users = new AtomicInteger();
  private volatile @Nullable EngineException hung;
  private @Nullable Batcher batcher;

  HeldSession(String model, Network network, Runs runs) {
    this.model = model;
    this.network = network;
    this.runs = runs;
  }

  @Override
  public BatchOutputs run(InputKind kind, int batch, ByteBuffer tensors) {
    EngineException reason = hung;
    if (reason != null) {
      throw reason;
    }
    enter();
    try {
      return runs.run(this, () -> network.run(kind, batch, tensors));
    } finally {
      users.decrementAndGet();
    }
  }

  @Override
  public SessionFacts facts() {
    return network.facts();
  }

  void lend(SessionLease lease) {
    enter();
    leases.add(lease);
  }

  void giveBack(SessionLease lease) {
    if (leases.remove(lease)) {
      users.decrementAndGet();
    }
  }

  private void enter() {
    if (users.getAndUpdate(count -> count == CLOSED ? CLOSED : count + 1) == CLOSED) {
      throw new EngineException("the session of model '" + model + "' is closed");
    }
  }

  boolean isIdle() {
    return users.get() == 0;
  }

  /** Each input by itself, on the thread that awaits it. */
  Inference direct() {
    return new Direct(this);
  }

  /** Inputs of all who ask for it, in batches; a batcher that has died is replaced. */
  synchronized Inference batched(BatchLimits limits) {
    Batcher current = batcher;
    if (current == null || current.hasEnded()) {
      current = Batcher.start(this);
      batcher = current;
    }
    return current.within(limits);
  }

  boolean hasHung() {
    return hung != null;
  }

  /** A run has taken longer than it may: all who wait are told, once. */
  void hangs(Duration limit) {
    EngineException reason;
    Batcher waiters;
    synchronized (this) {
      if (hung != null) {
        return;
      }
      reason =
          new EngineException(
              ("a run of model '%s' on %s hangs: it has taken longer than %d s. No image is blamed;"
                      + " the tasks that wait for it are tried again, elsewhere if there are"
                      + " executors. If it happens again, look for a broken GPU or driver, or lower"
                      + " --max-pixels")
                  .formatted(model, facts().provider().label(), limit.toSeconds()));
      hung = reason;
      waiters = batcher;
    }
    LOG.error("{}", reason.getMessage());
    if (waiters != null) {
      waiters.end(reason);
    }
    leases.forEach(lease -> lease.hangs(reason));
  }

  /** Closes the network, if nobody uses it; whether it is closed. */
  boolean closeIfIdle() {
    if (!users.compareAndSet(0, CLOSED)) {
      return false;
    }
    close();
    return true;
  }

  @Override
  public synchronized void close() {
    if (batcher != null) {
      batcher.end(new EngineException("the session of model '" + model + "' is closed"));
    }
    network.close();
  }

  /**
   * Runs each input by itself, on the thread that awaits it. On a CPU the fastest: as many runs at
   * once as tasks, each on one core.
   */
  private record Direct(Network network) implements Inference {

    @Override
    public <T> Pending<T> submit(
        TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader) {
      return new OneRun<>(network, tensor, kind, reader);
    }
  }

  private record OneRun<T>(
      Network network, TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader)
      implements Pending<T> {

    @Override
    public Inferred<T> await() {
      long start = System.nanoTime();
      try (tensor;
          BatchOutputs outputs = network.run(kind, 1, tensor.buffer())) {
        long ran = System.nanoTime() - start;
        return new Inferred<>(reader.apply(outputs.outputs().get(0)), 0, ran);
      }
    }

    @Override
    public void close() {
      tensor.close();
    }
  }
}
