package org.retinaspark.io.reading;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.reading.Archive.Kind;

/**
 * What a zip's central directory says of a member (APPNOTE 4.3.12).
 *
 * @param place where it says so
 * @param host the system that made it
 * @param flags general purpose bits
 * @param method how it is packed
 * @param crc of the content
 * @param packed bytes in the archive
 * @param size bytes of the content
 * @param disk where it begins
 * @param mode of Unix; 0 if that isn't known
 * @param offset of its local header, from where the archive begins
 * @param name its path, undecoded
 * @param unicodeName its path in UTF-8, if there is one beside the other
 */
record ZipMember(
    long place,
    int host,
    int flags,
    int method,
    int crc,
    long packed,
    long size,
    int disk,
    int mode,
    long offset,
    byte[] name,
    byte @Nullable [] unicodeName) {

  static final int SIGNATURE = 0x02014b50;

  /** Bytes before the name. */
  static final int FIXED = 46;

  private static final int NOT_HERE = 0xffffffff;

  private static final int MSDOS = 0;
  private static final int UNIX = 3;
  private static final int MACOS = 19;

  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
  private static final int PATCHED = 1 << 5;
  private static final int UTF8 = 1 << 11;

  private static final int ZIP64 = 0x0001;
  private static final int UNICODE_PATH = 0x7075;

  /**
   * Reads what stands at a buffer's position, and goes behind it.
   *
   * @param place of that position in the file
   * @param begin where the archive begins in the file
   * @return nothing if the buffer ends before it does
   * @throws IOException if it is no member
   */
  static @Nullable ZipMember read(ByteBuffer in, long place, long begin) throws IOException {
    if (in.remaining() < FIXED) {
      return null;
    }
    int at = in.position();
    if (in.getInt(at) != SIGNATURE) {
      throw new IOException("the central directory is broken at byte %d".formatted(place));
    }
    int nameLength = unsigned(in, at + 28);
    int extraLength = unsigned(in, at + 30);
    int length = FIXED + nameLength + extraLength + unsigned(in, at + 32);
    if (in.remaining() < length) {
      return null;
    }
    byte[] name = new byte[nameLength];
    in.get(at + FIXED, name);
    Extra extra = new Extra(in.slice(at + FIXED + nameLength, extraLength).order(in.order()));
    int host = in.get(at + 5) & 0xff;
    int size = in.getInt(at + 24);
    int packed = in.getInt(at + 20);
    int offset = in.getInt(at + 42);
    ZipMember member =
        new ZipMember(
            place,
            host,
            unsigned(in, at + 8),
            unsigned(in, at + 10),
            in.getInt(at + 16),
            extra.wide(packed, size == NOT_HERE ? 8 : 0),
            extra.wide(size, 0),
            unsigned(in, at + 34),
            host == UNIX || host == MACOS ? unsigned(in, at + 40) : 0,
            begin + extra.wide(offset, (size == NOT_HERE ? 8 : 0) + (packed == NOT_HERE ? 8 : 0)),
            name,
            extra.unicode(name));
    in.position(at + length);
    return member;
  }

  private static int unsigned(ByteBuffer in, int at) {
    return in.getShort(at) & 0xffff;
  }

  /** A member's further fields; broken ones are none. */
  private record Extra(ByteBuffer fields) {

    private @Nullable ByteBuffer field(int wanted) {
      int at = 0;
      while (at + 4 <= fields.limit()) {
        int length = unsigned(fields, at + 2);
        if (at + 4 + length > fields.limit()) {
          return null;
        }
        if (unsigned(fields, at) == wanted) {
          return fields.slice(at + 4, length).order(fields.order());
        }
        at += 4 + length;
      }
      return null;
    }

    /** A number that stands among the wide ones, behind others, where 32 bits don't hold it. */
    long wide(int narrow, int before) throws IOException {
      if (narrow != NOT_HERE) {
        return narrow & 0xffffffffL;
      }
      ByteBuffer wide = field(ZIP64);
      if (wide == null || wide.limit() < before + 8) {
        return narrow & 0xffffffffL;
      }
      return wide.getLong(before);
    }

    /** Info-ZIP's field, which is for a certain name. */
    byte @Nullable [] unicode(byte[] name) {
      ByteBuffer field = field(UNICODE_PATH);
      CRC32 crc = new CRC32();
      crc.update(name);
      if (field == null || field.limit() < 5 || field.getInt(1) != (int) crc.getValue()) {
        return null;
      }
      byte[] unicode = new byte[field.limit() - 5];
      field.get(5, unicode);
      return unicode;
    }
  }

  /** Its path in the archive. */
  String path(NameEncoding names) {
    if (unicodeName != null) {
      return NameEncoding.utf8(unicodeName);
    }
    String path = (flags & UTF8) != 0 ? NameEncoding.utf8(name) : names.ofZip(name);
    // Some tools of Windows write its separators, against APPNOTE 4.4.17.
    return host == MSDOS && !path.contains("/") ? path.replace('\\', '/') : path;
  }

  /** What it is: by its mode, and a slash at the end of a folder's name. */
  Kind kind() {
    if (name.length > 0 && name[name.length - 1] == '/') {
      return Kind.FOLDER;
    }
    return switch (mode >> 12) {
      case 4 -> Kind.FOLDER;
      case 10 -> Kind.SYMBOLIC_LINK;
      case 1, 2, 6, 12 -> Kind.SPECIAL;
      default -> Kind.FILE;
    };
  }

  boolean isEncrypted() {
    return (flags & ENCRYPTED) != 0;
  }

  boolean isPatch() {
    return (flags & PATCHED) != 0;
  }
}
