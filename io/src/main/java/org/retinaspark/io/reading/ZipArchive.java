package org.retinaspark.io.reading;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.ImageFile;

/**
 * A zip archive, of which the central directory decides: what stands between its members, such as
 * deleted ones, is none. A member that can't be read costs only itself. Walked over here and not by
 * commons-compress, whose {@code ZipFile} holds all members in memory, ends at the first broken
 * one, and takes names as text that is not.
 */
final class ZipArchive implements Archive {

  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_FIXED = 30;

  private static final long WRAPPED = 1L << 32;

  /** A link's path, at most. */
  private static final int PATH_LIMIT = 1 << 12;

  /** An inflater without header wants a byte more than there is (java.util.zip.Inflater). */
  private static final byte[] ONE_MORE = {0};

  private final ImageFile file;
  private final NameEncoding names;
  private final ZipDirectory directory;
  private final ArchiveBytes bytes;
  private @Nullable ZipMember current;

  /** Packed bytes that may still be read: members that overlap, as in bombs, have more. */
  private long budget;

  private ZipArchive(
      ImageFile file, NameEncoding names, ZipDirectory directory, ArchiveBytes bytes) {
    this.file = file;
    this.names = names;
    this.directory = directory;
    this.bytes = bytes;
    budget = 2 * file.length(); // once as a member, once as what a link leads to
  }

  /** Opens a zip, whole or cut off. */
  static Archive open(ImageFile file, FileOpener opener, NameEncoding names) throws IOException {
    ZipDirectory directory = ZipDirectory.of(file, opener);
    return directory == null
        ? new CutZip(file, opener, names)
        : new ZipArchive(file, names, directory, ArchiveBytes.plain(file, opener));
  }

  @Override
  public @Nullable Member next() throws IOException {
    ZipMember member = directory.next();
    return member == null ? null : member(member);
  }

  @Override
  public Member at(long place) throws IOException {
    return member(directory.at(place));
  }

  private Member member(ZipMember member) {
    current = member;
    return new Member(member.place(), member.kind(), member.path(names), member.size());
  }

  @Override
  public ImageContent content(long limit) throws IOException {
    ZipMember member = Objects.requireNonNull(current);
    long larger = Math.max(member.packed(), member.size());
    if (larger > limit) {
      return ArchiveFile.tooLarge(member.path(names), larger, limit);
    }
    byte[] packed;
    try {
      requireReadable(member);
      packed = packed(member);
    } catch (EOFException | UnreadableImageException failure) {
      return () -> {
        throw failure;
      };
    }
    return () -> unpacked(member, packed);
  }

  private void requireReadable(ZipMember member) throws IOException {
    ZipMethod method = ZipMethod.getMethodByCode(member.method());
    if (member.isEncrypted()) {
      throw unsupported(member, "is encrypted; unpack the archive, with its password");
    }
    if (member.isPatch() || method == null || !isKnown(method)) {
      throw unsupported(
          member,
          "is packed by method %d (%s), which can't be read; pack it by 'deflate', or not at all"
              .formatted(member.method(), method == null ? "unknown" : method));
    }
    if (member.disk() != 0) {
      throw unsupported(member, "is in part %d of the archive".formatted(member.disk() + 1));
    }
  }

  private static boolean isKnown(ZipMethod method) {
    return switch (method) {
      case STORED, DEFLATED, ENHANCED_DEFLATED, BZIP2, ZSTD, ZSTD_DEPRECATED -> true;
      default -> false;
    };
  }

  private UnreadableImageException unsupported(ZipMember member, String reason) {
    return new UnreadableImageException(
        UnreadableImageException.UNSUPPORTED,
        "'%s' of '%s' %s".formatted(member.path(names), file.uri(), reason));
  }

  private byte[] packed(ZipMember member) throws IOException {
    byte[] packed = bytes(member);
    if (packed.length < member.packed()) {
      throw incomplete(member, "ends after %d bytes".formatted(packed.length));
    }
    return packed;
  }

  private byte[] bytes(ZipMember member) throws IOException {
    long place = member.offset();
    ByteBuffer header = header(member, place);
    // macOS writes offsets of more than 4 GiB without what is above that.
    while (header.getInt(0) != LOCAL_SIGNATURE && place >= WRAPPED) {
      place -= WRAPPED;
      header = header(member, place);
    }
    if (header.getInt(0) != LOCAL_SIGNATURE) {
      throw incomplete(member, "is not at byte %d, where it should be".formatted(member.offset()));
    }
    long start =
        place + LOCAL_FIXED + (header.getShort(26) & 0xffff) + (header.getShort(28) & 0xffff);
    requireInFile(member, start, member.packed());
    if (member.packed() > budget) {
      throw unsupported(
          member,
          "was not read, since the members overlap: together they are larger than the file");
    }
    budget -= member.packed();
    bytes.moveTo(start);
    return bytes.read((int) member.packed());
  }

  private ByteBuffer header(ZipMember member, long place) throws IOException {
    requireInFile(member, place, LOCAL_FIXED);
    bytes.moveTo(place);
    return ByteBuffer.wrap(bytes.read(LOCAL_FIXED)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void requireInFile(ZipMember member, long from, long count) throws EOFException {
    if (from < 0 || count < 0 || from > file.length() - count) {
      throw incomplete(member, "should have %d bytes from byte %d".formatted(count, from));
    }
  }

  private EOFException incomplete(ZipMember member, String reason) {
    return new EOFException(
        "'%s' of '%s', which has %d bytes, %s"
            .formatted(member.path(names), file.uri(), file.length(), reason));
  }

  private byte[] unpacked(ZipMember member, byte[] packed) throws IOException {
    byte[] content =
        member.method() == ZipMethod.STORED.getCode() ? packed : unpack(member, packed);
    CRC32 crc = new CRC32();
    crc.update(content);
    if (content.length != member.size() || (int) crc.getValue() != member.crc()) {
      throw new IOException(
          "'%s' of '%s' is damaged: its bytes are not those whose number and sum the archive has"
              .formatted(member.path(names), file.uri()));
    }
    return content;
  }

  /** Unpacks; a byte more than the archive says, if there are more. */
  private byte[] unpack(ZipMember member, byte[] packed) throws IOException {
    Inflater inflater = new Inflater(true);
    try (InputStream in = unpacking(member, new ByteArrayInputStream(packed), inflater)) {
      return in.readNBytes(Math.toIntExact(member.size() + 1));
    } catch (EOFException cut) {
      throw incomplete(member, "ends before its content does");
    } catch (IOException | RuntimeException broken) {
      throw new IOException(
          "'%s' of '%s' is damaged: %s".formatted(member.path(names), file.uri(), broken), broken);
    } finally {
      inflater.end();
    }
  }

  private static InputStream unpacking(ZipMember member, InputStream packed, Inflater inflater)
      throws IOException {
    return switch (ZipMethod.getMethodByCode(member.method())) {
      case ENHANCED_DEFLATED -> new Deflate64CompressorInputStream(packed);
      case BZIP2 -> new BZip2CompressorInputStream(packed);
      case ZSTD, ZSTD_DEPRECATED -> new ZstdCompressorInputStream(packed);
      default ->
          new InflaterInputStream(
              new SequenceInputStream(packed, new ByteArrayInputStream(ONE_MORE)), inflater);
    };
  }

  /** The content of a link is its path. */
  @Override
  public String target() throws IOException {
    ZipMember member = Objects.requireNonNull(current);
    ImageContent path = content(PATH_LIMIT);
    try {
      return NameEncoding.utf8(path.read());
    } catch (IOException noPath) {
      throw unsupported(
          member, "is a link whose target can't be read: %s".formatted(noPath.getMessage()));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      directory.close();
    } finally {
      bytes.close();
    }
  }
}
