package org.retinaspark.udf.runtime;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;

/** A way for a task to have its network inputs run: on its own, or together with other tasks'. */
public interface Inference {

  /**
   * Hands in one input.
   *
   * @param tensor the filled input; owned by the inference from here on
   * @param kind to whom it speaks, and its shape
   * @param reader makes of the raw outputs what the caller needs, on the thread that awaits it
   * @throws InterruptedException if the thread is interrupted while it waits to hand in
   */
  <T> Pending<T> submit(TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader)
      throws InterruptedException;
}
