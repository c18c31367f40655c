package org.retinaspark.udf.runtime;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for network inputs or outputs, reused from one run to the next and grown when a
 * larger one comes. Used by one run at a time.
 */
public final class TensorMemory implements AutoCloseable {

  private @Nullable Memory memory;

  /**
   * A direct buffer of exactly so many bytes, in native byte order; it ends the life of the buffer
   * given before. Its content is arbitrary.
   *
   * @throws IllegalArgumentException if that many bytes are more than a buffer can address
   */
  public ByteBuffer bytes(long length) {
    if (length < 1 || length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "an input of " + length + " bytes can't be held in one buffer");
    }
    Memory held = memory;
    if (held == null || held.size() < length) {
      close();
      held = new Memory(length);
      memory = held;
    }
    return held.getByteBuffer(0, length).order(ByteOrder.nativeOrder());
  }

  /** Bytes that it holds. */
  long size() {
    return memory == null ? 0 : memory.size();
  }

  /** Frees the memory; the next call takes new one. */
  @Override
  public void close() {
    Memory held = memory;
    memory = null;
    if (held != null) {
      held.close();
    }
  }
}
