package org.retinaspark.io.reading;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.ImageFile;

/**
 * The central directory of a zip, which alone says what its members are. Read in large parts, of
 * each of which the members come in the order that they are stored in: an archive of millions of
 * members doesn't fill the memory, and is read forwards.
 */
final class ZipDirectory implements Closeable {

  /** Bytes of one part: some 40,000 members. */
  private static final int PART = 1 << 22;

  /** Bytes of one member, at most. */
  private static final int MEMBER = ZipMember.FIXED + 3 * 0xffff;

  /** Zips in a row that are looked for. */
  private static final int ARCHIVES = 1000;

  private final Parts file;
  private final List<ZipEnd> archives;
  private final Deque<ZipMember> part = new ArrayDeque<>();
  private int archive;
  private long next;
  private long members;

  private ZipDirectory(Parts file, List<ZipEnd> archives) {
    this.file = file;
    this.archives = archives;
    next = archives.get(0).directory();
  }

  /**
   * Finds it; or those of several archives in a row, since what stands before one may be another.
   *
   * @return nothing if there is none
   * @throws UnreadableImageException if the archive goes on in other files
   */
  static @Nullable ZipDirectory of(ImageFile zip, FileOpener opener) throws IOException {
    Parts file = new Parts(zip, opener);
    Deque<ZipEnd> archives = new ArrayDeque<>();
    ZipEnd end = ZipEnd.before(file, file.length());
    end = end == null ? ZipEnd.last(file) : end;
    while (end != null && archives.size() < ARCHIVES) {
      archives.addFirst(end);
      end = end.begin() > 0 ? ZipEnd.before(file, end.begin()) : null;
    }
    return archives.isEmpty() ? null : new ZipDirectory(file, List.copyOf(archives));
  }

  /**
   * The next member.
   *
   * @return nothing behind the last
   * @throws IOException if the directory is broken here, or something stands behind the archive
   */
  @Nullable ZipMember next() throws IOException {
    while (part.isEmpty() && archive < archives.size()) {
      ZipEnd open = archives.get(archive);
      if (next < open.directory() + open.length()) {
        readPart(open);
      } else {
        requireAll(open);
        archive++;
        members = 0;
        next = archive < archives.size() ? archives.get(archive).directory() : next;
      }
    }
    if (part.isEmpty()) {
      requireNothingBehind();
    }
    return part.pollFirst();
  }

  private void readPart(ZipEnd open) throws IOException {
    long length = open.directory() + open.length() - next;
    ByteBuffer buffer = file.read(next, (int) Math.min(PART, length));
    List<ZipMember> read = new ArrayList<>();
    IOException broken =
        new EOFException("the central directory is cut off at byte %d".formatted(next));
    try {
      for (ZipMember member = ZipMember.read(buffer, next, open.begin());
          member != null;
          member = ZipMember.read(buffer, next + buffer.position(), open.begin())) {
        read.add(member);
      }
    } catch (IOException failure) {
      broken = failure; // is met again, once the members before have been given
    }
    if (read.isEmpty()) {
      throw broken;
    }
    members += read.size();
    next += buffer.position();
    read.sort(Comparator.comparingLong(ZipMember::offset));
    part.addAll(read);
  }

  private void requireAll(ZipEnd open) throws IOException {
    if ((members - open.members()) % (1 << 16) != 0) {
      throw new EOFException(
          "the central directory has %d members, but should have %d"
              .formatted(members, open.members()));
    }
  }

  private void requireNothingBehind() throws IOException {
    long behind = archives.get(archives.size() - 1).end();
    ByteBuffer rest = file.read(behind, (int) Math.min(PART, file.length() - behind));
    while (rest.hasRemaining()) {
      if (rest.get() != 0) {
        throw new IOException(
            "behind the end of the archive, at byte %d, stands what is no archive"
                .formatted(behind));
      }
    }
  }

  /** The member that the directory has at a place. */
  ZipMember at(long place) throws IOException {
    for (ZipEnd open : archives) {
      if (open.holds(place)) {
        ZipMember member = ZipMember.read(file.read(place, MEMBER), place, open.begin());
        if (member != null) {
          return member;
        }
      }
    }
    throw new EOFException("the central directory has no member at byte %d".formatted(place));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /**
   * Parts of a file, each read with one request, but not again while they lie in the last one. The
   * end of the file is read with what stands before it, which is the whole directory of most zips.
   */
  static final class Parts implements Closeable {

    private static final int TAIL = 1 << 17;

    private final long length;
    private final ResumingStream stored;
    private byte[] block = {};
    private long start;

    Parts(ImageFile file, FileOpener opener) {
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
}
