package org.retinaspark.io.reading;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
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

  private final ZipBytes file;
  private final List<ZipEnd> archives;
  private final Deque<ZipMember> part = new ArrayDeque<>();
  private int archive;
  private long next;
  private long members;

  private ZipDirectory(ZipBytes file, List<ZipEnd> archives) {
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
    ZipBytes file = new ZipBytes(zip, opener);
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
}
