package org.retinaspark.udf.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Reads the directory of an archive, and no more bytes than a decent one has: each entry takes ten
 * times its size in memory.
 */
final class DirectoryChannel implements SeekableByteChannel {

  /** A thousand tensors take 0.2 MB; looking for the directory's end up to 0.3 MB. */
  private static final int MOST_BYTES = 8 << 20;

  private final SeekableInMemoryByteChannel content;
  private int left = MOST_BYTES;

  DirectoryChannel(byte[] content) {
    this.content = new SeekableInMemoryByteChannel(content);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = content.read(target);
    left -= Math.max(0, count);
    if (left < 0) {
      throw new IOException("its directory has more than %d bytes".formatted(MOST_BYTES));
    }
    return count;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new UnsupportedOperationException("an archive of weights is only read");
  }

  @Override
  public long position() {
    return content.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    content.position(position);
    return this;
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new UnsupportedOperationException("an archive of weights is only read");
  }

  @Override
  public boolean isOpen() {
    return content.isOpen();
  }

  @Override
  public void close() {
    content.close();
  }
}
