package org.retinaspark.udf.runtime;

import java.nio.ByteBuffer;

/** What runs a batch of inputs: a {@link Session}. */
@FunctionalInterface
interface Network {

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
}
