package org.retinaspark.udf.image;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A task's memory for pixels that are needed longer than until the next image is decoded. It bounds
 * what the task keeps: who asks for more waits until others have been given back. An image that
 * alone exceeds the bound is let in once nothing else is out, so images must ask in the order in
 * which they are finished. Safe for use by several threads.
 */
public final class PixelPool implements AutoCloseable {

  /** A larger array is not used again, so that one giant doesn't hold it for hours. */
  private static final int KEPT_BYTES = 48 << 20;

  private final long mostBytes;
  private final Deque<byte[]> idle = new ArrayDeque<>();
  private long bytes;
  private int leases;
  private boolean closed;

  /** A pool that lends so many bytes at once. */
  public PixelPool(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Copies pixels to where they stay until the lease is closed, waiting until there is room.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalStateException if the pool is closed
   */
  public PixelLease keep(Pixels decoded) throws InterruptedException {
    int size = decoded.width() * decoded.height() * Pixels.CHANNELS;
    byte[] kept = admit(size);
    try {
      byte[] bgr = kept.length < size ? new byte[size] : kept;
      System.arraycopy(decoded.bgr(), 0, bgr, 0, size);
      Pixels pixels = new Pixels(decoded.width(), decoded.height(), bgr);
      return new PixelLease(pixels, () -> giveBack(bgr, size));
    } catch (OutOfMemoryError full) {
      giveBack(kept, size);
      throw full;
    }
  }

  private synchronized byte[] admit(int size) throws InterruptedException {
    while (!closed && leases > 0 && bytes + size > mostBytes) {
      wait();
    }
    if (closed) {
      throw new IllegalStateException("the task's memory for pixels is closed");
    }
    leases++;
    bytes += size;
    byte[] kept = idle.poll();
    return kept == null ? new byte[0] : kept;
  }

  private synchronized void giveBack(byte[] bgr, int size) {
    leases--;
    bytes -= size;
    // As many as are out were needed at once; more would only be held.
    if (!closed && bgr.length <= KEPT_BYTES && idle.size() <= leases) {
      idle.push(bgr);
    }
    notifyAll();
  }

  /** Lends nothing any more; who waits is told. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.clear();
    notifyAll();
  }
}
