package org.retinaspark.udf.image;

/** Pixels that stay until this is closed; may be closed by any thread, and twice. */
public final class PixelLease implements AutoCloseable {

  private final Pixels pixels;
  private final Runnable release;
  private boolean open = true;

  PixelLease(Pixels pixels, Runnable release) {
    this.pixels = pixels;
    this.release = release;
  }

  /** The pixels; not to be used once this is closed. */
  public Pixels pixels() {
    return pixels;
  }

  /** Gives the memory back to its pool. */
  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      release.run();
    }
  }
}
