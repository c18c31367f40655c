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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the inputs of all tasks of an executor into batches of one tensor size, and runs them on
 * one thread: a GPU is fastest with large batches and has grown memory without bound under
 * concurrent runs (onnxruntime#29351, #6181).
 *
 * <p>A batch leaves as soon as it is full, or when its first input has waited long enough. Sizes
 * are never mixed and inputs never padded to fit others, so a batch changes no result. A batch that
 * fails is repeated one by one, so that only the guilty input fails.
 */
public final class Batcher implements Inference {

  /** Inputs on their way to the thread; tasks bound what they hand in themselves. */
  private static final int ARRIVALS = 64;

  private final Network network;
  private final BatchLimits limits;
  private final BlockingQueue<BatchRequest<?>> arrivals = new ArrayBlockingQueue<>(ARRIVALS);
  private final Map<InputKind, Queue<BatchRequest<?>>> waiting = new LinkedHashMap<>();
  private final TensorMemory memory = new TensorMemory();

  private Batcher(Network network, BatchLimits limits) {
    this.network = network;
    this.limits = limits;
  }

  /** Starts a batcher, which ends with the JVM as its session does. */
  static Batcher start(Network network, BatchLimits limits) {
    Batcher batcher = new Batcher(network, limits);
    Thread thread = new Thread(batcher::serve, "retinaspark-batcher");
    thread.setDaemon(true);
    thread.start();
    return batcher;
  }

  @Override
  public <T> Pending<T> submit(
      TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader)
      throws InterruptedException {
    BatchRequest<T> request = new BatchRequest<>(tensor, kind, reader);
    arrivals.put(request);
    return request;
  }

  private void serve() {
    try {
      while (true) {
        List<BatchRequest<?>> batch = due(System.nanoTime());
        if (batch.isEmpty()) {
          awaitArrival();
        } else {
          batch.removeIf(request -> !request.isWanted());
          run(batch);
        }
        List<BatchRequest<?>> arrived = new ArrayList<>();
        arrivals.drainTo(arrived);
        arrived.forEach(this::accept);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      memory.close();
    }
  }

  /** Waits until an input comes, or a batch is due without it. */
  private void awaitArrival() throws InterruptedException {
    if (waiting.isEmpty()) {
      accept(arrivals.take());
      return;
    }
    long due = oldest() + TimeUnit.MILLISECONDS.toNanos(limits.waitMillis());
    BatchRequest<?> arrived =
        arrivals.poll(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
    if (arrived != null) {
      accept(arrived);
    }
  }

  private void accept(BatchRequest<?> request) {
    waiting.computeIfAbsent(request.kind(), kind -> new ArrayDeque<>()).add(request);
  }

  private long oldest() {
    return waiting.values().stream().mapToLong(Batcher::firstOf).min().orElseThrow();
  }

  private static long firstOf(Queue<BatchRequest<?>> requests) {
    return requests.element().handedIn();
  }

  /** The full batch that waits longest, or the one whose first input has waited long enough. */
  private List<BatchRequest<?>> due(long now) {
    Map.@Nullable Entry<InputKind, Queue<BatchRequest<?>>> chosen = null;
    for (Map.Entry<InputKind, Queue<BatchRequest<?>>> entry : waiting.entrySet()) {
      boolean full = entry.getValue().size() >= together(entry.getKey());
      long waited = now - firstOf(entry.getValue());
      boolean patient = waited < TimeUnit.MILLISECONDS.toNanos(limits.waitMillis());
      if ((full || !patient)
          && (chosen == null || firstOf(entry.getValue()) < firstOf(chosen.getValue()))) {
        chosen = entry;
      }
    }
    List<BatchRequest<?>> batch = new ArrayList<>();
    if (chosen != null) {
      int most = together(chosen.getKey());
      Iterator<BatchRequest<?>> requests = chosen.getValue().iterator();
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

  private void run(List<BatchRequest<?>> batch) {
    if (batch.isEmpty()) {
      return;
    }
    long started = System.nanoTime();
    try (BatchOutputs run = network.run(batch.get(0).kind(), batch.size(), together(batch))) {
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
  private ByteBuffer together(List<BatchRequest<?>> batch) {
    ByteBuffer first = batch.get(0).tensor().buffer();
    if (batch.size() == 1) {
      return first;
    }
    int length = first.limit();
    ByteBuffer tensors = memory.bytes((long) length * batch.size());
    for (int index = 0; index < batch.size(); index++) {
      tensors.put(index * length, batch.get(index).tensor().buffer(), 0, length);
    }
    return tensors;
  }

  /** Inputs of a kind that go together, at most. */
  private int together(InputKind kind) {
    return limits.within(kind.ports().batchLimit()).together(kind.bytes());
  }
}
