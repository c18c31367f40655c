package org.retinaspark.udf.onnx;

import java.util.List;
import org.retinaspark.udf.detect.NetworkOutput;

/**
 * What a network said of a batch. Holds the native memory that the outputs lie in, which serves
 * another run once this is closed; may be closed by any thread, and twice.
 */
public final class BatchOutputs implements AutoCloseable {

  private final List<NetworkOutput> outputs;
  private final Runnable release;
  private boolean open = true;

  /**
   * The outputs of a run.
   *
   * @param outputs for each input its outputs, in the order of the batch
   * @param release gives the memory back; runs once
   */
  BatchOutputs(List<NetworkOutput> outputs, Runnable release) {
    this.outputs = List.copyOf(outputs);
    this.release = release;
  }

  /** For each input its outputs, in the order of the batch; not to be read once closed. */
  public List<NetworkOutput> outputs() {
    return outputs;
  }

  /** Gives the memory back. */
  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      release.run();
    }
  }
}
