package org.retinaspark.io.reading;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.ImageFile;

/**
 * The bytes of an archive, as they are or unpacked, mostly read forwards. Small gaps are read over,
 * since another request takes longer; going back is possible, but begins a packed file anew.
 */
final class ArchiveBytes implements Closeable {

  private static final int BUFFER = 1 << 16;

  /** Bytes that a store gives in the time of a request, about. */
  private static final int GAP = 1 << 20;

  private final ImageFile file;
  private final ResumingStream stored;
  private final boolean packed;
  private @Nullable InputStream in;
  private long position;

  private ArchiveBytes(ImageFile file, ResumingStream stored, boolean packed) {
    this.file = file;
    this.stored = stored;
    this.packed = packed;
  }

  /** A file's bytes as they are. */
  static ArchiveBytes plain(ImageFile file, FileOpener opener) {
    return new ArchiveBytes(file, sequential(file, opener), false);
  }

  /** Unpacked if its first two bytes are gzip's: a {@code .tar} may be compressed all the same. */
  static ArchiveBytes unpacked(ImageFile file, FileOpener opener) throws IOException {
    ResumingStream stored = sequential(file, opener);
    BufferedInputStream in = new BufferedInputStream(stored, BUFFER);
    in.mark(2);
    byte[] magic = in.readNBytes(2);
    in.reset();
    boolean packed = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
    ArchiveBytes bytes = new ArchiveBytes(file, stored, packed);
    bytes.begin(in);
    return bytes;
  }

  private static ResumingStream sequential(ImageFile file, FileOpener opener) {
    return opener.stream(file, OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_SEQUENTIAL);
  }

  long position() {
    return position;
  }

  /** So many bytes, or fewer at the end. */
  byte[] read(int count) throws IOException {
    byte[] read = in().readNBytes(count);
    position += read.length;
    return read;
  }

  /**
   * Goes to a place.
   *
   * @throws EOFException if the file ends before it
   */
  void moveTo(long target) throws IOException {
    if (!packed && target > file.length()) {
      throw new EOFException("the archive is cut off: it ends before byte %d".formatted(target));
    }
    if (target < position || (!packed && target - position > GAP)) {
      closeUnpacking();
      stored.seek(packed ? 0 : target);
      position = packed ? 0 : target;
    }
    try {
      in().skipNBytes(target - position);
    } catch (EOFException cut) {
      throw new EOFException("the archive is cut off: it ends before byte %d".formatted(target));
    }
    position = target;
  }

  private InputStream in() throws IOException {
    InputStream open = in;
    return open == null ? begin(new BufferedInputStream(stored, BUFFER)) : open;
  }

  private InputStream begin(InputStream file) throws IOException {
    InputStream begun = file;
    if (packed) {
      try {
        begun = new GzipCompressorInputStream(file, true);
      } catch (IOException noGzip) {
        stored.close();
        throw noGzip;
      }
    }
    in = begun;
    return begun;
  }

  /** What unpacks holds memory outside of Java's heap. */
  private void closeUnpacking() throws IOException {
    InputStream open = in;
    in = null;
    if (packed && open != null) {
      open.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeUnpacking();
    } finally {
      stored.close();
    }
  }
}
