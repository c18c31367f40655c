package org.retinaspark.udf.runtime;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * What a network said of a batch. Holds the native memory that the outputs lie in, which serves
 * another run once this is closed; may be closed by any thread, and twice.
 */
public final class BatchOutputs implements AutoCloseable {

  private final List<List<FloatBuffer>> outputs;
  private final Runnable release;
  private boolean open = true;

  /**
   * The outputs of a run.
   *
   * @param outputs for each input its outputs, in the order of the batch
   * @param release gives the memory back; runs once
   */
  BatchOutputs(List<List<FloatBuffer>> outputs, Runnable release) {
    this.outputs = List.copyOf(outputs);
    this.release = release;
  }

  /** For each input its outputs, in the order of the batch; not to be read once closed. */
  public List<List<FloatBuffer>> outputs() {
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
