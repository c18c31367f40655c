package org.retinaspark.udf.runtime;

import java.nio.ByteBuffer;

/** What runs inputs: a loaded model. Any number of threads may run it at once. */
interface Network extends AutoCloseable {

  /**
   * Runs the network once.
   *
   * @param kind what all the inputs are
   * @param batch how many inputs there are
   * @param tensors a direct buffer that holds the inputs, one after the other, from its index 0 to
   *     its limit
   * @return for each input its outputs, to be closed by the caller
   * @throws InferenceException if the run fails
   */
  BatchOutputs run(InputKind kind, int batch, ByteBuffer tensors);

  /** What it really uses. */
  SessionFacts facts();

  /** Frees it; never while a run is in progress, which would crash the JVM (onnxruntime#21812). */
  @Override
  void close();

  /** Where networks come from. */
  @FunctionalInterface
  interface Source {

    /**
     * Loads a model.
     *
     * @param budget the executor's memory, for the network's outputs
     * @throws ProviderUnavailableException if a provider was asked for by name and can't be had
     * @throws InferenceException if the model is refused
     */
    Network open(SessionRequest request, byte[] model, TensorBudget budget);
  }
}
