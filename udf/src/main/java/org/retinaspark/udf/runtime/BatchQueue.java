package org.retinaspark.udf.runtime;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of all tasks that wait for a batch of their size, and the batches on their way: one
 * that runs and one that is ready behind it, no more. A full batch leaves while another runs. One
 * that isn't leaves only when nothing runs and its first input has waited long enough: before that
 * it would gain nothing, and others may still come.
 */
final class BatchQueue {

  /** Inputs that wait, at most; tasks bound what they hand in themselves. */
  private static final int MOST_WAITING = 64;

  /** Batches on their way, at most: one that runs, one that is ready. */
  static final int MOST_LEFT = 2;

  // Guarded by this.
  private final Map<Group, Queue<Request<?>>> waiting = new LinkedHashMap<>();
  private final Deque<List<Request<?>>> left = new ArrayDeque<>();
  private int queued;
  private @Nullable EngineException ended;

  /**
   * Puts an input behind the others of its kind, waiting for room.
   *
   * @throws EngineException if no batch leaves any more
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  synchronized void add(Request<?> request) throws InterruptedException {
    while (ended == null && queued >= MOST_WAITING) {
      wait();
    }
    if (ended != null) {
      throw ended;
    }
    waiting.computeIfAbsent(request.group, group -> new ArrayDeque<>()).add(request);
    queued++;
    notifyAll();
  }

  synchronized boolean hasEnded() {
    return ended != null;
  }

  /** Tells all who wait, and those to come, why nothing runs any more. */
  synchronized void end(EngineException reason) {
    if (ended != null) {
      return;
    }
    ended = reason;
    waiting.values().forEach(requests -> requests.forEach(request -> request.fail(reason)));
    waiting.clear();
    // A run, if there is one, may still read their memory.
    left.forEach(batch -> batch.forEach(request -> request.abandon(reason)));
    notifyAll();
  }

  /** The next batch, once one may leave; none if the queue has ended. */
  synchronized List<Request<?>> next() throws InterruptedException {
    while (ended == null) {
      List<Request<?>> batch = left.size() < MOST_LEFT ? due(System.nanoTime()) : List.of();
      if (!batch.isEmpty()) {
        queued -= batch.size();
        notifyAll();
        batch.removeIf(request -> !request.isWanted());
      }
      if (!batch.isEmpty()) {
        left.add(List.copyOf(batch));
        return batch;
      }
      if (left.isEmpty() && !waiting.isEmpty()) {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, untilDue()));
      } else {
        wait();
      }
    }
    return List.of();
  }

  /** The batch that left first has run. */
  synchronized void ran() {
    left.poll();
    notifyAll();
  }

  /** Nanoseconds until a batch is due though nothing comes. */
  private long untilDue() {
    long now = System.nanoTime();
    return waiting.entrySet().stream()
        .mapToLong(entry -> entry.getKey().patience() - (now - first(entry.getValue())))
        .min()
        .orElseThrow();
  }

  /** When the request that waits longest was handed in. */
  private static long first(Queue<Request<?>> requests) {
    return requests.element().handedIn;
  }

  /** Of the batches that may leave, the one whose first input waits longest. */
  private List<Request<?>> due(long now) {
    Map.@Nullable Entry<Group, Queue<Request<?>>> chosen = null;
    for (Map.Entry<Group, Queue<Request<?>>> entry : waiting.entrySet()) {
      Group group = entry.getKey();
      boolean full = entry.getValue().size() >= group.together();
      boolean patient = !left.isEmpty() || now - first(entry.getValue()) < group.patience();
      if ((full || !patient)
          && (chosen == null || first(entry.getValue()) < first(chosen.getValue()))) {
        chosen = entry;
      }
    }
    List<Request<?>> batch = new ArrayList<>();
    if (chosen != null) {
      int most = chosen.getKey().together();
      Iterator<Request<?>> requests = chosen.getValue().iterator();
      while (requests.hasNext() && batch.size() < most) {
        batch.add(requests.next());
        requests.remove();
      }
      if (chosen.getValue().isEmpty()) {
        waiting.remove(chosen.getKey());
      }
    }
    return batch;
  }

  /** What inputs have in common that go together. */
  record Group(InputKind kind, BatchLimits limits) {

    /** Inputs that go together, at most. */
    int together() {
      return limits.within(kind.ports().batchLimit()).together(kind.bytes());
    }

    /** Nanoseconds that the first input waits for others. */
    long patience() {
      return TimeUnit.MILLISECONDS.toNanos(limits.waitMillis());
    }
  }

  /**
   * What a run said of one input.
   *
   * @param release gives up the outputs' memory; called once
   */
  record Said(List<FloatBuffer> outputs, long queuedNanos, long runNanos, Runnable release) {}

  /** One input that waits for its batch, and what became of it; read by the thread that awaits. */
  static final class Request<T> implements Pending<T> {

    private final TensorLease tensor;
    private final Group group;
    private final Function<List<FloatBuffer>, T> reader;
    private final long handedIn = System.nanoTime();
    private final CompletableFuture<Said> result = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();

    Request(TensorLease tensor, Group group, Function<List<FloatBuffer>, T> reader) {
      this.tensor = tensor;
      this.group = group;
      this.reader = reader;
    }

    TensorLease tensor() {
      return tensor;
    }

    Group group() {
      return group;
    }

    /** Gives the input back, if it was given up before; whether it is still wanted. */
    private boolean isWanted() {
      boolean givenUp = result.isDone();
      if (givenUp) {
        tensor.close();
      }
      return !givenUp;
    }

    /** Its part of a run is there; the input's memory stays taken until it is read. */
    void complete(List<FloatBuffer> outputs, long started, long runNanos, Runnable release) {
      Said said = new Said(outputs, started - handedIn, runNanos, release);
      if (!result.complete(said)) {
        giveBack(said);
      }
    }

    void fail(Throwable failure) {
      try (tensor) {
        result.completeExceptionally(failure);
      }
    }

    /** Tells who waits, and leaves the memory to the run that reads it. */
    private void abandon(EngineException reason) {
      result.completeExceptionally(reason);
    }

    @Override
    public Inferred<T> await() throws InterruptedException {
      Said said = said();
      try {
        return new Inferred<>(reader.apply(said.outputs()), said.queuedNanos(), said.runNanos());
      } finally {
        giveBack(said);
      }
    }

    private Said said() throws InterruptedException {
      try {
        return result.get();
      } catch (ExecutionException failure) {
        if (failure.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure.getCause();
      }
    }

    private void giveBack(Said said) {
      if (over.compareAndSet(false, true)) {
        tensor.close();
        said.release().run();
      }
    }

    /** Gives it up; its memory goes back once no run can be reading it. */
    @Override
    public void close() {
      if (!result.cancel(false) && !result.isCompletedExceptionally()) {
        giveBack(result.join());
      }
    }
  }
}
