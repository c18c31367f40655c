package org.retinaspark.udf.onnx;

import java.util.List;
import org.retinaspark.udf.detect.NetworkOutput;

/**
 * What a network said of a batch. Holds the native memory that the outputs lie in, which serves
 * another run once this is closed.
 *
 * @param outputs for each input its outputs, in the order of the batch; not to be read once closed
 * @param release gives the memory back
 */
public record BatchOutputs(List<NetworkOutput> outputs, Runnable release) implements AutoCloseable {

  /** Keeps an unmodifiable list. */
  public BatchOutputs {
    outputs = List.copyOf(outputs);
  }

  @Override
  public void close() {
    release.run();
  }
}
