package org.retinaspark.udf.runtime;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A device that runs one batch at a time and takes a fixed time for it and for each input, in which
 * it needs no processor. It says of each input that one anchor of five hundred is a face, of the
 * PyTorch family's anchors.
 */
final class SimulatedDevice implements Network {

  private static final int[] STRIDES = {8, 16, 32};
  private static final int ANCHORS_A_CELL = 2;
  private static final int[] VALUES_AN_ANCHOR = {4, 2, 10};
  private static final int FACE_EVERY = 500;
  private static final int MOST_ANCHORS = 400_000;

  private final long nanosABatch;
  private final long nanosAnInput;
  private final List<FloatBuffer> said = said();
  private volatile long first;
  private volatile long last;
  private volatile long busy;
  private volatile int batches;
  private volatile int inputs;

  SimulatedDevice(long nanosABatch, long nanosAnInput) {
    this.nanosABatch = nanosABatch;
    this.nanosAnInput = nanosAnInput;
  }

  // Only the batcher's thread runs it, so the sums need no more than to be seen by others.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  @Override
  public BatchOutputs run(InputKind kind, int batch, ByteBuffer tensors) {
    long start = System.nanoTime();
    first = batches == 0 ? start : first;
    long end = start + nanosABatch + batch * nanosAnInput;
    for (long now = start; now < end; now = System.nanoTime()) {
      LockSupport.parkNanos(end - now);
    }
    last = System.nanoTime();
    busy += last - start;
    batches++;
    inputs += batch;
    return new BatchOutputs(
        IntStream.range(0, batch).mapToObj(index -> outputs(kind.shape())).toList(), () -> {});
  }

  /** What is said of an input of this shape: the first values of what is said of the largest. */
  private List<FloatBuffer> outputs(List<Integer> shape) {
    int anchors = 0;
    for (int stride : STRIDES) {
      int rows = (shape.get(1) + stride - 1) / stride;
      int columns = (shape.get(2) + stride - 1) / stride;
      anchors += ANCHORS_A_CELL * rows * columns;
    }
    List<FloatBuffer> values = new ArrayList<>();
    for (int output = 0; output < VALUES_AN_ANCHOR.length; output++) {
      values.add(said.get(output).slice(0, anchors * VALUES_AN_ANCHOR[output]));
    }
    return values;
  }

  private static List<FloatBuffer> said() {
    List<FloatBuffer> values = new ArrayList<>();
    for (int size : VALUES_AN_ANCHOR) {
      values.add(FloatBuffer.allocate(MOST_ANCHORS * size));
    }
    for (int anchor = 0; anchor < MOST_ANCHORS; anchor += FACE_EVERY) {
      values.get(1).put(2 * anchor + 1, 0.9f);
    }
    return List.copyOf(values);
  }

  /** The share of the time from the first run to the last in which it ran. */
  double busyShare() {
    return (double) busy / (last - first);
  }

  /** Inputs a second, from the first run to the last. */
  double rate() {
    return inputs * 1e9 / (last - first);
  }

  /** Inputs a batch, on average. */
  double fill() {
    return (double) inputs / batches;
  }

  @Override
  public SessionFacts facts() {
    return new SessionFacts(Provider.CUDA, 0, SessionRequest.Precision.FLOAT32, "simulated");
  }

  @Override
  public void close() {}
}
