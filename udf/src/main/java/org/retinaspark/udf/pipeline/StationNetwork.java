package org.retinaspark.udf.pipeline;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.retinaspark.udf.pipeline.time.Stage;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.runtime.Inference;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.runtime.Pending;
import org.retinaspark.udf.runtime.Pending.Inferred;
import org.retinaspark.udf.runtime.TensorLease;
import org.retinaspark.udf.runtime.TensorPool;

/** One station's way to its network: memory for its inputs, and the runs on them. */
public final class StationNetwork {

  private final Inference inference;
  private final TensorPool tensors;
  private final SessionGuard guard;
  private final StageTimes times;

  /** Those of which inputs still wait for memory, in the order in which they get it. */
  private final Deque<Submission<?>> waiting = new ArrayDeque<>();

  StationNetwork(Inference inference, TensorPool tensors, SessionGuard guard, StageTimes times) {
    this.inference = inference;
    this.tensors = tensors;
    this.guard = guard;
    this.times = times;
  }

  /**
   * Hands in an input, waiting until there is memory for it. Only for a station that stands first:
   * what it waits for is given back by the task's own thread.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  <T> Pending<T> submit(Input<T> input) throws InterruptedException {
    long start = System.nanoTime();
    TensorLease lease = tensors.lease(input.kind().bytes());
    times.since(Stage.ROOM_WAIT, start);
    return handIn(input, lease);
  }

  /**
   * Hands in what there is memory for, and the others as the first are done. For any station that
   * doesn't stand first, however many inputs an image has.
   *
   * @throws InterruptedException if the thread is interrupted while it hands in
   */
  public <T> Submission<T> submitInTurn(List<Input<T>> inputs) throws InterruptedException {
    Submission<T> submission = new Submission<>(inputs);
    waiting.add(submission);
    try {
      advance();
      return submission;
    } catch (RuntimeException | Error | InterruptedException failure) {
      submission.close();
      throw failure;
    }
  }

  private <T> Pending<T> handIn(Input<T> input, TensorLease lease) throws InterruptedException {
    try {
      long start = System.nanoTime();
      input.fill().accept(lease.buffer());
      times.since(Stage.FILL, start);
      return inference.submit(lease, input.kind(), input.reader());
    } catch (RuntimeException | Error | InterruptedException failure) {
      // What could not be handed in is still ours.
      lease.close();
      throw failure;
    }
  }

  /**
   * Waits for the network.
   *
   * @throws InferenceException if it fails
   * @throws RuntimeException the reader's own, if it refused the outputs
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  <T> T await(Pending<T> one) throws InterruptedException {
    long start = System.nanoTime();
    try {
      Inferred<T> inferred = one.await();
      times.add(Stage.QUEUE, inferred.queuedNanos());
      times.add(Stage.INFER, inferred.runNanos());
      return inferred.value();
    } catch (InferenceException failure) {
      guard.afterFailure(failure);
      throw failure;
    } finally {
      times.since(Stage.NETWORK, start);
    }
  }

  /** Gives memory to the inputs that wait for it, the oldest first. */
  private void advance() throws InterruptedException {
    while (!waiting.isEmpty() && waiting.element().handInAll()) {
      waiting.remove();
    }
  }

  /**
   * One input for the network.
   *
   * @param kind to which tensors of the model it speaks, and its shape
   * @param fill writes it, from index 0 of a buffer in native byte order on
   * @param reader makes of the raw outputs what the station needs, on the thread that awaits it
   */
  public record Input<T>(
      InputKind kind, Consumer<ByteBuffer> fill, Function<List<FloatBuffer>, T> reader) {

    /**
     * Checks the size.
     *
     * @throws FailedImageException if it is larger than a buffer can be
     */
    public Input {
      if (kind.bytes() > Integer.MAX_VALUE) {
        throw new FailedImageException(
            "input_too_large",
            "a network input of %s takes %d bytes, more than one buffer can hold"
                .formatted(kind.shape(), kind.bytes()));
      }
    }
  }

  /** The inputs of one image, in turn. Closing it gives up what has not been awaited. */
  public final class Submission<T> implements AutoCloseable {

    private final List<Input<T>> inputs;
    private final List<Pending<T>> pending;

    private Submission(List<Input<T>> inputs) {
      this.inputs = List.copyOf(inputs);
      this.pending = new ArrayList<>(inputs.size());
    }

    private boolean handInAll() throws InterruptedException {
      while (pending.size() < inputs.size()) {
        Optional<TensorLease> lease = tensors.leaseNow(inputs.get(pending.size()).kind().bytes());
        if (lease.isEmpty()) {
          return false;
        }
        handIn(lease.get());
      }
      return true;
    }

    private void handIn(TensorLease lease) throws InterruptedException {
      pending.add(StationNetwork.this.handIn(inputs.get(pending.size()), lease));
    }

    /**
     * Waits for the network.
     *
     * @return what was made of the outputs of each input, in their order
     * @throws InferenceException if the network fails on one of them
     * @throws RuntimeException the reader's own, if it refused the outputs
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public List<T> await() throws InterruptedException {
      List<T> values = new ArrayList<>(inputs.size());
      while (values.size() < inputs.size()) {
        if (values.size() == pending.size()) {
          // All of ours are done, so what takes up the memory are inputs that were given up.
          handIn(tensors.leaseMore(inputs.get(pending.size()).kind().bytes()));
        }
        values.add(StationNetwork.this.await(pending.get(values.size())));
        advance();
      }
      return values;
    }

    @Override
    public void close() {
      waiting.remove(this);
      pending.forEach(Pending::close);
    }
  }
}
