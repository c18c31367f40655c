package org.retinaspark.udf.runtime;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;

/**
 * Runs each input by itself, on the thread that awaits it. On a CPU the fastest: as many runs at
 * once as tasks, each on one core.
 */
public final class DirectInference implements Inference {

  private final Network network;

  /** Inference by a session. */
  public DirectInference(Session session) {
    this((Network) session);
  }

  DirectInference(Network network) {
    this.network = network;
  }

  @Override
  public <T> Pending<T> submit(
      TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader) {
    return new Run<>(network, tensor, kind, reader);
  }

  private record Run<T>(
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
