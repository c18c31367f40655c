package org.retinaspark.udf.runtime;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of all tasks that wait for a batch of their size, and the batches on their way: one
 * that runs and one that is ready behind it, no more. A full batch leaves while another runs. One
 * that isn't leaves only when nothing runs and its first input has waited long enough: before that
 * it would gain nothing, and others may still come. What it has by then can be copied ahead.
 */
final class BatchQueue {

  /** Inputs that wait, at most; tasks bound what they hand in themselves. */
  private static final int MOST_WAITING = 64;

  /** Batches on their way, at most: one that runs, one that is ready. */
  static final int MOST_LEFT = 2;

  // Guarded by this.
  private final Map<Group, Queue<Request<?>>> waiting = new LinkedHashMap<>();
  private final Deque<List<Request<?>>> left = new ArrayDeque<>();
  private List<Request<?>> copied = List.of();
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
    // A copy or a run may still read their memory.
    copied.forEach(request -> request.abandon(reason));
    left.forEach(batch -> batch.forEach(request -> request.abandon(reason)));
    waiting.values().stream()
        .flatMap(Queue::stream)
        .filter(request -> !copied.contains(request))
        .forEach(request -> request.fail(reason));
    waiting.clear();
    notifyAll();
  }

  /** After the end, once nobody copies any more: gives back what might have been read. */
  synchronized void free() {
    EngineException reason = ended;
    if (reason != null) {
      copied.forEach(request -> request.fail(reason));
      copied = List.of();
    }
  }

  /**
   * The next batch.
   *
   * @param requests its inputs; none if the queue has ended
   * @param leaves whether it is taken out; otherwise these inputs are likely to leave together, and
   *     can be copied meanwhile
   */
  record Next(List<Request<?>> requests, boolean leaves) {}

  /** The next batch, once one may leave, or once it is likely to be another than was said last. */
  synchronized Next next() throws InterruptedException {
    while (ended == null) {
      if (left.size() < MOST_LEFT) {
        List<Request<?>> batch = due(System.nanoTime());
        if (!batch.isEmpty()) {
          copied = List.of();
          left.add(batch);
          return new Next(batch, true);
        }
        List<Request<?>> likely = likely();
        if (likely.size() > 1 && !likely.equals(copied)) {
          copied = likely;
          return new Next(likely, false);
        }
      }
      if (left.isEmpty() && !waiting.isEmpty()) {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, untilDue()));
      } else {
        wait();
      }
    }
    return new Next(List.of(), true);
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

  /** Of the batches that may leave, the one whose first input waits longest; it is taken out. */
  private List<Request<?>> due(long now) {
    List<Request<?>> batch = new ArrayList<>();
    foremost(
            (group, requests) ->
                requests.size() >= group.together()
                    || (left.isEmpty() && now - first(requests) >= group.patience()))
        .ifPresent(
            chosen -> {
              Queue<Request<?>> requests = chosen.getValue();
              int most = Math.min(requests.size(), chosen.getKey().together());
              for (int taken = 0; taken < most; taken++) {
                batch.add(requests.remove());
              }
              if (requests.isEmpty()) {
                waiting.remove(chosen.getKey());
              }
            });
    if (!batch.isEmpty()) {
      queued -= batch.size();
      notifyAll();
      batch.removeIf(request -> !request.isWanted());
    }
    return List.copyOf(batch);
  }

  /** The inputs of the group that waits longest, a batch of them at most. */
  private List<Request<?>> likely() {
    return foremost((group, requests) -> true)
        .map(
            chosen ->
                chosen.getValue().stream()
                    .<Request<?>>map(request -> request)
                    .limit(chosen.getKey().together())
                    .toList())
        .orElse(List.of());
  }

  private Optional<Map.Entry<Group, Queue<Request<?>>>> foremost(
      BiPredicate<Group, Queue<Request<?>>> condition) {
    return waiting.entrySet().stream()
        .filter(entry -> condition.test(entry.getKey(), entry.getValue()))
        .min(Comparator.comparingLong(entry -> first(entry.getValue())));
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
        // The input last: its memory admits another, when what belongs to it is gone.
        said.release().run();
        tensor.close();
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
