package org.retinaspark.udf.runtime;

import java.nio.ByteBuffer;

/** One tensor's native memory, until it is closed; may be closed by any thread, and twice. */
public final class TensorLease implements AutoCloseable {

  private final ByteBuffer buffer;
  private final Runnable release;
  private boolean open = true;

  TensorLease(ByteBuffer buffer, Runnable release) {
    this.buffer = buffer;
    this.release = release;
  }

  /**
   * The memory, in native byte order, from its index 0 to its limit; not to be used once closed.
   *
   * @throws IllegalStateException if it is closed: the memory may be another's
   */
  public synchronized ByteBuffer buffer() {
    if (!open) {
      throw new IllegalStateException("a tensor's memory was given back before it was used");
    }
    return buffer;
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
