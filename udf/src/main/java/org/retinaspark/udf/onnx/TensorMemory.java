package org.retinaspark.udf.onnx;

import com.sun.jna.Memory;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for network inputs, reused from one run to the next and grown when a larger one
 * comes. One thread's own.
 */
public final class TensorMemory implements AutoCloseable {

  private @Nullable Memory memory;

  /**
   * A direct buffer of exactly so many floats, in native byte order; it ends the life of the buffer
   * given before.
   *
   * @throws IllegalArgumentException if that many floats are more than a buffer can address
   */
  public FloatBuffer floats(long length) {
    long bytes = Math.multiplyExact(length, (long) Float.BYTES);
    if (length < 1 || bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "an input of " + length + " floats can't be held in one buffer");
    }
    Memory held = memory;
    if (held == null || held.size() < bytes) {
      close();
      held = new Memory(bytes);
      memory = held;
    }
    return held.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
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
