package org.retinaspark.udf.onnx;

import java.nio.ByteBuffer;
import java.util.List;
import org.retinaspark.udf.detect.Placement;

/** What runs a batch of inputs: a {@link Session}. */
@FunctionalInterface
interface Network {

  /**
   * Runs the network once.
   *
   * @param tensors a direct buffer that holds the inputs, one after the other, from its index 0 to
   *     its limit
   * @param batch the inputs, all of one tensor size, in the order of the buffer
   * @return for each input its outputs, to be closed by the caller
   * @throws InferenceException if the run fails
   */
  BatchOutputs run(ByteBuffer tensors, List<Placement> batch);
}
