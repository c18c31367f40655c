package org.retinaspark.io.reading;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a zip says of its central directory (APPNOTE 4.3.14 to 4.3.16).
 *
 * @param begin where the archive begins in the file, since other bytes may stand before it
 * @param directory where its directory begins in the file
 * @param length bytes of the directory
 * @param members how many it has; of many only the last 16 bits, in the files of some tools
 * @param end where the archive ends in the file
 */
record ZipEnd(long begin, long directory, long length, long members, long end) {

  private static final int SIGNATURE = 0x06054b50;
  private static final int LENGTH = 22;
  private static final int COMMENT_LIMIT = 0xffff;

  private static final int WIDE_SIGNATURE = 0x06064b50;
  private static final int WIDE_LENGTH = 56;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;

  /** Bytes before the end of a file in which all of it stands, in nearly every archive. */
  private static final int ROOM = LENGTH + COMMENT_LIMIT + LOCATOR_LENGTH + WIDE_LENGTH;

  /**
   * The end that stands at a place: the last bytes before it are the end's comment.
   *
   * @return nothing if none does
   * @throws UnreadableImageException if the archive goes on in other files
   */
  static @Nullable ZipEnd before(ZipDirectory.Parts file, long place) throws IOException {
    long start = Math.max(0, place - ROOM);
    ByteBuffer tail = file.read(start, (int) (place - start));
    for (int at = tail.limit() - LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == SIGNATURE && behind(tail, at) == tail.limit()) {
        return at(file, tail, at, start);
      }
    }
    return null;
  }

  /** The last end of a file, behind which other bytes stand; nothing if there is none. */
  static @Nullable ZipEnd last(ZipDirectory.Parts file) throws IOException {
    long start = Math.max(0, file.length() - ROOM);
    ByteBuffer tail = file.read(start, (int) (file.length() - start));
    for (int at = tail.limit() - LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == SIGNATURE && behind(tail, at) < tail.limit()) {
        return at(file, tail, at, start);
      }
    }
    return null;
  }

  private static int behind(ByteBuffer tail, int at) {
    return at + LENGTH + unsigned(tail, at + 20);
  }

  private static ZipEnd at(ZipDirectory.Parts file, ByteBuffer tail, int at, long start)
      throws IOException {
    int disk = unsigned(tail, at + 4);
    if (disk != 0 && disk != 0xffff) {
      throw new UnreadableImageException(
          UnreadableImageException.UNSUPPORTED,
          "it is the last of %d parts of an archive; join them (zip -s 0)".formatted(disk + 1));
    }
    long members = unsigned(tail, at + 10);
    long length = tail.getInt(at + 12) & 0xffffffffL;
    long offset = tail.getInt(at + 16) & 0xffffffffL;
    long before = start + at;
    long end = start + behind(tail, at);
    if (at >= LOCATOR_LENGTH && tail.getInt(at - LOCATOR_LENGTH) == LOCATOR_SIGNATURE) {
      long said = tail.getLong(at - LOCATOR_LENGTH + 8);
      for (long place : new long[] {before - LOCATOR_LENGTH - WIDE_LENGTH, said}) {
        ByteBuffer wide = file.read(Math.max(0, Math.min(place, before)), WIDE_LENGTH);
        if (wide.limit() == WIDE_LENGTH && wide.getInt(0) == WIDE_SIGNATURE) {
          return of(file, place, wide.getLong(40), wide.getLong(48), wide.getLong(32), end);
        }
      }
    }
    return of(file, before, length, offset, members, end);
  }

  /** The directory stands right before its end, whatever stands before the archive. */
  private static ZipEnd of(
      ZipDirectory.Parts file, long before, long length, long offset, long members, long end)
      throws IOException {
    long directory = before - length;
    if (length < 0 || directory < 0) {
      throw new EOFException(
          "its central directory is cut off: it should have %d bytes before byte %d"
              .formatted(length, before));
    }
    // No archive begins behind its own directory: whoever looks before it would find it again.
    if (offset >= 0 && (length == 0 || isMember(file, directory))) {
      return new ZipEnd(directory - offset, directory, length, members, end);
    }
    if (isMember(file, offset)) {
      return new ZipEnd(0, offset, length, members, end); // something stands between it and its end
    }
    throw new IOException(
        "its central directory is neither at byte %d, before its end, nor at byte %d, where that says"
            .formatted(directory, offset));
  }

  private static boolean isMember(ZipDirectory.Parts file, long place) throws IOException {
    if (place < 0 || place > file.length()) {
      return false;
    }
    ByteBuffer first = file.read(place, 4);
    return first.limit() == 4 && first.getInt(0) == ZipMember.SIGNATURE;
  }

  /** Whether the directory has what stands at a place of the file. */
  boolean holds(long place) {
    return place >= directory && place < directory + length;
  }

  private static int unsigned(ByteBuffer in, int at) {
    return in.getShort(at) & 0xffff;
  }
}
