package org.retinaspark.io.reading;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.retinaspark.io.images.ImageFile;

/**
 * Parts of a file, each read with one request, but not again while they lie in the last one. The
 * end of the file is read with what stands before it, which is the whole directory of most zips.
 */
final class ZipBytes implements Closeable {

  private static final int TAIL = 1 << 17;

  private final long length;
  private final ResumingStream stored;
  private byte[] block = {};
  private long start;

  ZipBytes(ImageFile file, FileOpener opener) {
    length = file.length();
    stored = opener.stream(file, OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_RANDOM);
  }

  long length() {
    return length;
  }

  /** So many bytes, little-endian, or fewer at the end. */
  ByteBuffer read(long from, int count) throws IOException {
    int wanted = (int) Math.min(count, Math.max(0, length - from));
    if (from < start || from + wanted > start + block.length) {
      long tail = Math.max(0, length - TAIL);
      long begin = Math.min(from, tail);
      long end = begin == tail ? length : from + wanted;
      stored.seek(begin);
      byte[] read = new byte[(int) (end - begin)];
      // All in one call, since S3A asks the store for as much as a call wants.
      block = Arrays.copyOf(read, stored.readNBytes(read, 0, read.length));
      start = begin;
      stored.close(); // the next part is far away, or there is none
    }
    int offset = (int) (from - start);
    return ByteBuffer.wrap(block, offset, Math.max(0, Math.min(wanted, block.length - offset)))
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }
}
