package org.retinaspark.udf.onnx;

import java.util.List;
import java.util.function.Function;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;

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
      TensorLease tensor, Placement placement, Function<NetworkOutput, T> reader) {
    return new Run<>(network, tensor, placement, reader);
  }

  private record Run<T>(
      Network network, TensorLease tensor, Placement placement, Function<NetworkOutput, T> reader)
      implements Pending<T> {

    @Override
    public Inferred<T> await() {
      long start = System.nanoTime();
      try (tensor;
          BatchOutputs outputs = network.run(tensor.buffer(), List.of(placement))) {
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
