package org.retinaspark.udf.runtime;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the inputs of all tasks of an executor into batches of one tensor size, and runs them on
 * one thread: a GPU is fastest with large batches and has grown memory without bound under
 * concurrent runs (onnxruntime#29351, #6181).
 *
 * <p>That thread does nothing else, so that the network waits for nobody: another copies the inputs
 * of the next batch together as they come, while one runs, and what the network said is read by the
 * tasks' own.
 *
 * <p>Sizes are never mixed and inputs never padded to fit others, so a batch changes no result. A
 * batch that fails is repeated one by one, so that only the guilty input fails.
 *
 * <p>If a thread dies, all who wait and who come later get an {@link EngineException}.
 */
final class Batcher {

  private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

  private final Network network;
  private final Thread gathering = new Thread(this::gather, "retinaspark-gather");
  private final Thread running = new Thread(this::serve, "retinaspark-batcher");
  private final BatchQueue queue = new BatchQueue();
  private final BlockingQueue<Gathered> ready = new ArrayBlockingQueue<>(BatchQueue.MOST_LEFT);
  // Made beforehand: it may be memory that lacks when it is needed.
  private final EngineException death =
      new EngineException(
          "the thread that runs the network's batches has died: the tasks that wait for it are"
              + " tried again");
  // One is read by the run, the other filled.
  private final List<TensorMemory> memories = List.of(new TensorMemory(), new TensorMemory());

  private Batcher(Network network) {
    this.network = network;
  }

  /**
   * A batch that has left the queue.
   *
   * @param tensors its inputs; absent if there was no memory to have them together
   */
  private record Gathered(List<BatchQueue.Request<?>> batch, @Nullable ByteBuffer tensors) {}

  /** Starts a batcher, which ends with its session. */
  static Batcher start(Network network) {
    Batcher batcher = new Batcher(network);
    batcher.gathering.setDaemon(true);
    batcher.running.setDaemon(true);
    batcher.gathering.start();
    batcher.running.start();
    return batcher;
  }

  /** The way to the batcher for those who share these limits; others' inputs aren't mixed in. */
  Inference within(BatchLimits limits) {
    return new Inference() {
      @Override
      public <T> Pending<T> submit(
          TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader)
          throws InterruptedException {
        BatchQueue.Request<T> request =
            new BatchQueue.Request<>(tensor, new BatchQueue.Group(kind, limits), reader);
        try {
          queue.add(request);
        } catch (InterruptedException | EngineException refused) {
          tensor.close();
          throw refused;
        }
        return request;
      }
    };
  }

  boolean hasEnded() {
    return queue.hasEnded();
  }

  /** Tells all who wait, and those to come, why nothing runs any more. */
  void end(EngineException reason) {
    if (!queue.hasEnded()) {
      queue.end(reason);
      running.interrupt();
    }
  }

  private void die(Throwable failure) {
    if (!queue.hasEnded()) {
      death.initCause(failure);
      LOG.error("the batcher has died", failure);
      end(death);
    }
  }

  private void gather() {
    try {
      int memory = 0;
      List<BatchQueue.Request<?>> copied = List.of();
      while (!queue.hasEnded()) {
        BatchQueue.Next next = queue.next();
        ByteBuffer tensors = together(next.requests(), copied, memories.get(memory));
        copied = tensors == null || next.leaves() ? List.of() : next.requests();
        if (next.leaves() && !next.requests().isEmpty()) {
          // The batch before the last has run, or this one would not have been let go.
          ready.add(new Gathered(next.requests(), tensors));
          memory = 1 - memory;
        }
      }
    } catch (Throwable failure) {
      die(failure);
    }
  }

  /**
   * The inputs in one buffer, a single one where it lies; nothing if there is no memory.
   *
   * @param copied what the memory has already, from its begin on
   */
  private static @Nullable ByteBuffer together(
      List<BatchQueue.Request<?>> batch, List<BatchQueue.Request<?>> copied, TensorMemory memory) {
    if (batch.size() < 2) {
      return batch.isEmpty() ? null : batch.get(0).tensor().buffer();
    }
    int length = batch.get(0).tensor().buffer().limit();
    int first =
        batch.size() >= copied.size() && batch.subList(0, copied.size()).equals(copied)
            ? copied.size()
            : 0;
    try {
      // Room for all that may come: growing would lose what is there.
      ByteBuffer tensors = memory.bytes((long) length * batch.get(0).group().together());
      for (int index = first; index < batch.size(); index++) {
        tensors.put(index * length, batch.get(index).tensor().buffer(), 0, length);
      }
      return tensors.limit(length * batch.size());
    } catch (OutOfMemoryError none) {
      LOG.warn("no memory for a batch of {}: its inputs run one by one", batch.size(), none);
      return null;
    }
  }

  private void serve() {
    try {
      while (!queue.hasEnded()) {
        Gathered next = ready.take();
        run(next);
        queue.ran();
      }
    } catch (Throwable failure) {
      die(failure);
    } finally {
      free();
    }
  }

  /** Frees the memory once nobody gathers, and gives back what was gathered in vain. */
  private void free() {
    // What interrupted this thread was the end, which it has come to.
    Thread.interrupted();
    try {
      gathering.join();
      queue.free();
      ready.forEach(next -> next.batch().forEach(request -> request.fail(death)));
      memories.forEach(TensorMemory::close);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Gathered next) {
    if (next.tensors() != null) {
      run(next.batch(), next.tensors());
    } else {
      next.batch().forEach(this::runAlone);
    }
  }

  private void runAlone(BatchQueue.Request<?> request) {
    run(List.of(request), request.tensor().buffer());
  }

  private void run(List<BatchQueue.Request<?>> batch, ByteBuffer tensors) {
    long started = System.nanoTime();
    try {
      BatchOutputs run = network.run(batch.get(0).group().kind(), batch.size(), tensors);
      long share = (System.nanoTime() - started) / batch.size();
      AtomicInteger unread = new AtomicInteger(batch.size());
      Runnable release =
          () -> {
            if (unread.decrementAndGet() == 0) {
              run.close();
            }
          };
      for (int index = 0; index < batch.size(); index++) {
        batch.get(index).complete(run.outputs().get(index), started, share, release);
      }
    } catch (RuntimeException | Error failure) {
      if (batch.size() > 1) {
        batch.forEach(this::runAlone);
      } else {
        batch.get(0).fail(failure);
      }
    }
  }
}
