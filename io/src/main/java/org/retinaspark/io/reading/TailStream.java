package org.retinaspark.io.reading;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Passes a stream on, and remembers the last bytes that went by. */
final class TailStream extends FilterInputStream {

  private static final int SKIP_BUFFER = 1 << 14;

  private final byte[] ring;
  private final byte[] skipped = new byte[SKIP_BUFFER];
  private long count;

  TailStream(InputStream in, int capacity) {
    super(in);
    ring = new byte[capacity];
  }

  /** How many bytes went by. */
  long count() {
    return count;
  }

  /** The bytes that went by from a position on, the last of them where there is no room for all. */
  byte[] tail(long from) {
    int size = (int) Math.max(0, Math.min(count - from, ring.length));
    byte[] tail = new byte[size];
    for (int index = 0; index < size; index++) {
      tail[index] = ring[(int) ((count - size + index) % ring.length)];
    }
    return tail;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    int kept = Math.min(read, ring.length);
    for (int done = 0; done < kept; ) {
      int place = (int) ((count + read - kept + done) % ring.length);
      int part = Math.min(kept - done, ring.length - place);
      System.arraycopy(buffer, offset + read - kept + done, ring, place, part);
      done += part;
    }
    count += Math.max(0, read);
    return read;
  }

  /** Reads what it skips, since the tail has to see it; and a store streams on without a seek. */
  @Override
  public long skip(long length) throws IOException {
    return Math.max(0, read(skipped, 0, (int) Math.min(length, skipped.length)));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
