package org.retinaspark.udf.runtime;

/** An input on its way through the network. Closing it without awaiting it gives it up. */
public interface Pending<T> extends AutoCloseable {

  /**
   * What became of one input.
   *
   * @param value what the reader made of the outputs
   * @param queuedNanos from handing in to the start of the run
   * @param runNanos this input's share of the run
   */
  record Inferred<T>(T value, long queuedNanos, long runNanos) {}

  /**
   * Waits for the result, and reads it on the thread that calls; called once.
   *
   * @throws InferenceException if the network fails on this input, also when it is run alone
   * @throws RuntimeException the reader's own, if it refused the outputs
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Inferred<T> await() throws InterruptedException;

  @Override
  void close();
}
