package org.retinaspark.io.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/** A file of a store, opened when it is first read, and again at the same place after a failure. */
final class ResumingStream extends InputStream {

  private final Retry.Attempt<FSDataInputStream> opening;
  private final Retry retry;
  private @Nullable FSDataInputStream in;
  private long position;

  ResumingStream(Retry.Attempt<FSDataInputStream> opening, Retry retry) {
    this.opening = opening;
    this.retry = retry;
  }

  long position() {
    return position;
  }

  void seek(long target) {
    position = target;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    // Local disks don't look, and what a small archive unpacks to may take hours to read over.
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while a file was read");
    }
    int count = retry.call(() -> attempt(buffer, offset, length));
    position += Math.max(0, count);
    return count;
  }

  private int attempt(byte[] buffer, int offset, int length) throws IOException {
    try {
      FSDataInputStream open = in == null ? opening.run() : in;
      in = open;
      if (open.getPos() != position) {
        open.seek(position);
      }
      return open.read(buffer, offset, length);
    } catch (IOException failure) {
      closeAfter(failure);
      throw failure;
    }
  }

  private void closeAfter(IOException failure) {
    try {
      close();
    } catch (IOException another) {
      failure.addSuppressed(another);
    }
  }

  @Override
  public void close() throws IOException {
    FSDataInputStream open = in;
    in = null;
    if (open != null) {
      open.close();
    }
  }
}
