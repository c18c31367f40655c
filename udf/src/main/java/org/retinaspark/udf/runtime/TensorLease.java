package org.retinaspark.udf.runtime;

import java.nio.ByteBuffer;

/**
 * One network input's native memory, until it is closed; may be closed by any thread, and twice.
 */
public final class TensorLease implements AutoCloseable {

  private final TensorPool pool;
  private final TensorMemory memory;
  private final ByteBuffer buffer;
  private boolean open = true;

  TensorLease(TensorPool pool, TensorMemory memory, ByteBuffer buffer) {
    this.pool = pool;
    this.memory = memory;
    this.buffer = buffer;
  }

  /**
   * The memory, in native byte order, from its index 0 to its limit; not to be used once closed.
   */
  public ByteBuffer buffer() {
    return buffer;
  }

  /** Gives the memory back to its pool. */
  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      pool.giveBack(memory, buffer.limit());
    }
  }
}
