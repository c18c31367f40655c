package org.retinaspark.udf.image.jpeg;

import com.sun.jna.Memory;
import org.jspecify.annotations.Nullable;

/** Native memory that is kept from image to image and grows as needed. */
final class NativeBuffer implements AutoCloseable {

  /** More than this is given back after each image, so that one giant doesn't hold it for hours. */
  private static final long KEPT_BYTES = 64L << 20;

  private @Nullable Memory memory;

  /** At least this many bytes, valid until the next call; their content is arbitrary. */
  Memory ofSize(long bytes) {
    if (memory != null && memory.size() >= bytes && memory.size() <= KEPT_BYTES) {
      return memory;
    }
    close();
    // A quarter more than asked for, so that slowly growing images don't allocate each time.
    long size = bytes > KEPT_BYTES ? bytes : Math.min(KEPT_BYTES, bytes + bytes / 4);
    Memory grown = new Memory(size);
    memory = grown;
    return grown;
  }

  /** Gives the memory back if it is large. */
  void shrink() {
    if (memory != null && memory.size() > KEPT_BYTES) {
      close();
    }
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.close();
      memory = null;
    }
  }
}
