package org.retinaspark.udf.onnx;

import java.util.function.Function;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;

/** A way for a task to have its network inputs run: on its own, or together with other tasks'. */
public interface Inference {

  /**
   * Hands in one input.
   *
   * @param tensor the filled input; owned by the inference from here on
   * @param placement what is in it
   * @param reader makes of the raw outputs what the caller needs, on the thread that ran the
   *     network
   * @throws InterruptedException if the thread is interrupted while it waits to hand in
   */
  <T> Pending<T> submit(TensorLease tensor, Placement placement, Function<NetworkOutput, T> reader)
      throws InterruptedException;
}
