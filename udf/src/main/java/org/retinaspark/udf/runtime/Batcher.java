package org.retinaspark.udf.runtime;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the inputs of all tasks of an executor into batches of one tensor size, and runs them on
 * one thread: a GPU is fastest with large batches and has grown memory without bound under
 * concurrent runs (onnxruntime#29351, #6181).
 *
 * <p>A batch leaves as soon as it is full, or when its first input has waited long enough. Sizes
 * are never mixed and inputs never padded to fit others, so a batch changes no result. A batch that
 * fails is repeated one by one, so that only the guilty input fails.
 *
 * <p>If the thread dies, all who wait and who come later get an {@link EngineException}.
 */
final class Batcher {

  private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

  /** Inputs that wait, at most; tasks bound what they hand in themselves. */
  private static final int MOST_WAITING = 64;

  private final Network network;
  private final Thread thread = new Thread(this::serve, "retinaspark-batcher");
  // Made beforehand: it may be memory that lacks when it is needed.
  private final EngineException death =
      new EngineException(
          "the thread that runs the network's batches has died: the tasks that wait for it are"
              + " tried again");
  private final TensorMemory memory = new TensorMemory();

  // Guarded by this.
  private final Map<Group, Queue<Request<?>>> waiting = new LinkedHashMap<>();
  private int queued;
  private List<Request<?>> running = List.of();
  private @Nullable EngineException ended;

  private Batcher(Network network) {
    this.network = network;
  }

  /** Starts a batcher, which ends with its session. */
  static Batcher start(Network network) {
    Batcher batcher = new Batcher(network);
    batcher.thread.setDaemon(true);
    batcher.thread.start();
    return batcher;
  }

  /** The way to the batcher for those who share these limits; others' inputs aren't mixed in. */
  Inference within(BatchLimits limits) {
    return new Inference() {
      @Override
      public <T> Pending<T> submit(
          TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader)
          throws InterruptedException {
        Request<T> request = new Request<>(tensor, new Group(kind, limits), reader);
        try {
          add(request);
        } catch (InterruptedException | EngineException refused) {
          tensor.close();
          throw refused;
        }
        return request;
      }
    };
  }

  private synchronized void add(Request<?> request) throws InterruptedException {
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
    // The run, if there is one, may still read their memory.
    running.forEach(request -> request.abandon(reason));
    notifyAll();
    thread.interrupt();
  }

  private void serve() {
    try {
      for (List<Request<?>> batch = next(); !batch.isEmpty(); batch = next()) {
        run(batch);
      }
    } catch (Throwable failure) {
      death.initCause(failure);
      end(death);
      LOG.error("the batcher has died", failure);
    } finally {
      memory.close();
    }
  }

  /** The next batch, once one is due; none if the batcher has ended. */
  private synchronized List<Request<?>> next() throws InterruptedException {
    running = List.of();
    while (ended == null) {
      List<Request<?>> batch = due(System.nanoTime());
      queued -= batch.size();
      notifyAll();
      batch.removeIf(request -> !request.isWanted());
      if (!batch.isEmpty()) {
        running = List.copyOf(batch);
        return running;
      }
      if (waiting.isEmpty()) {
        wait();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, untilDue());
      }
    }
    return List.of();
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

  /** The full batch that waits longest, or the one whose first input has waited long enough. */
  private List<Request<?>> due(long now) {
    Map.@Nullable Entry<Group, Queue<Request<?>>> chosen = null;
    for (Map.Entry<Group, Queue<Request<?>>> entry : waiting.entrySet()) {
      Group group = entry.getKey();
      boolean full = entry.getValue().size() >= group.together();
      boolean patient = now - first(entry.getValue()) < group.patience();
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

  private void run(List<Request<?>> batch) {
    long started = System.nanoTime();
    try (BatchOutputs run = network.run(batch.get(0).group.kind(), batch.size(), together(batch))) {
      long share = (System.nanoTime() - started) / batch.size();
      for (int index = 0; index < batch.size(); index++) {
        batch.get(index).complete(run.outputs().get(index), started, share);
      }
    } catch (RuntimeException | Error failure) {
      if (batch.size() > 1) {
        batch.forEach(request -> run(List.of(request)));
      } else {
        batch.get(0).fail(failure);
      }
    }
  }

  /** The inputs in one buffer; a single one where it lies. */
  private ByteBuffer together(List<Request<?>> batch) {
    ByteBuffer first = batch.get(0).tensor.buffer();
    if (batch.size() == 1) {
      return first;
    }
    int length = first.limit();
    ByteBuffer tensors = memory.bytes((long) length * batch.size());
    for (int index = 0; index < batch.size(); index++) {
      tensors.put(index * length, batch.get(index).tensor.buffer(), 0, length);
    }
    return tensors;
  }

  /** What inputs have in common that go together. */
  private record Group(InputKind kind, BatchLimits limits) {

    /** Inputs that go together, at most. */
    int together() {
      return limits.within(kind.ports().batchLimit()).together(kind.bytes());
    }

    /** Nanoseconds that the first input waits for others. */
    long patience() {
      return TimeUnit.MILLISECONDS.toNanos(limits.waitMillis());
    }
  }

  /** One input that waits for its batch. */
  private static final class Request<T> implements Pending<T> {

    private final TensorLease tensor;
    private final Group group;
    private final Function<List<FloatBuffer>, T> reader;
    private final long handedIn = System.nanoTime();
    private final CompletableFuture<Inferred<T>> result = new CompletableFuture<>();

    Request(TensorLease tensor, Group group, Function<List<FloatBuffer>, T> reader) {
      this.tensor = tensor;
      this.group = group;
      this.reader = reader;
    }

    /** Gives the input back, if it was given up before; whether it is still wanted. */
    boolean isWanted() {
      boolean givenUp = result.isDone();
      if (givenUp) {
        tensor.close();
      }
      return !givenUp;
    }

    void complete(List<FloatBuffer> outputs, long started, long runNanos) {
      try (tensor) {
        result.complete(new Inferred<>(reader.apply(outputs), started - handedIn, runNanos));
      } catch (RuntimeException | Error refused) {
        result.completeExceptionally(refused);
      }
    }

    void fail(Throwable failure) {
      try (tensor) {
        result.completeExceptionally(failure);
      }
    }

    /** Tells who waits, and leaves the memory to the run that reads it. */
    void abandon(EngineException reason) {
      result.completeExceptionally(reason);
    }

    @Override
    public Inferred<T> await() throws InterruptedException {
      try {
        return result.get();
      } catch (ExecutionException failure) {
        if (failure.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure.getCause();
      }
    }

    /** Gives it up; its memory goes back once no run can be reading it. */
    @Override
    public void close() {
      result.cancel(false);
    }
  }
}
