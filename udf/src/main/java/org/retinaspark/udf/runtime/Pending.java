package org.retinaspark.udf.runtime;

/** An input on its way through the network. Closing it without awaiting it gives it up. */
public interface Pending<T> extends AutoCloseable {

  /**
   * Waits for the result; called once.
   *
   * @throws InferenceException if the network fails on this input, also when it is run alone
   * @throws RuntimeException the reader's own, if it refused the outputs
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Inferred<T> await() throws InterruptedException;

  @Override
  void close();
}
