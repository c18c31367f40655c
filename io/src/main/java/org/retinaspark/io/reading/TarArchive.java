package org.retinaspark.io.reading;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.ImageFile;

/**
 * A tar archive. Its headers are parsed by commons-compress; they are walked over here, since the
 * walk of that library ends at the first end of several archives in a row, takes names as text that
 * is not, and holds headers of any size and number.
 */
final class TarArchive implements Archive {

  private static final int RECORD = 512;

  /** Bytes of all headers of one member, at most. */
  private static final int HEADERS_LIMIT = 1 << 20;

  /** Far beyond any, and far from an overflow. */
  private static final long SIZE_LIMIT = 1L << 60;

  /** GNU's list of what a folder had, in incremental backups. */
  private static final byte FOLDER_CONTENTS = 'D';

  /** GNU's name of a whole tape. */
  private static final byte VOLUME_LABEL = 'V';

  /** Where GNU's headers of holes say that another follows. */
  private static final int MORE_HOLES = 504;

  /** Keeps each byte of a name, for {@link NameEncoding}. */
  private static final ZipEncoding BYTES = ZipEncodingHelper.getZipEncoding("ISO-8859-1");

  private final ArchiveBytes bytes;
  private final NameEncoding names;
  private final TarExtensions ofAll;
  private @Nullable Header current;
  private long next;
  private boolean whole;

  /**
   * A member's headers.
   *
   * @param records all bytes before its content
   * @param size bytes of the content in the archive
   * @param holes whether it has any, which are not in the archive
   */
  private record Header(
      Member member, String link, byte[] records, long content, long size, boolean holes) {}

  private TarArchive(ArchiveBytes bytes, NameEncoding names) {
    this.bytes = bytes;
    this.names = names;
    ofAll = TarExtensions.none(names);
  }

  static TarArchive open(ImageFile file, FileOpener opener, NameEncoding names) throws IOException {
    return new TarArchive(ArchiveBytes.unpacked(file, opener), names);
  }

  @Override
  public @Nullable Member next() throws IOException {
    while (true) {
      bytes.moveTo(next);
      byte[] record = bytes.read(RECORD);
      if (isZero(record)) {
        whole |= record.length == RECORD;
        if (!whole) {
          throw new EOFException("the archive is cut off: its end is missing");
        }
        if (record.length < RECORD) {
          return null;
        }
        next += RECORD; // another archive may follow
      } else {
        Header header = header(next, record);
        whole = false;
        current = header;
        next = header.content() + padded(header.size());
        return header.member();
      }
    }
  }

  @Override
  public Member at(long place) throws IOException {
    bytes.moveTo(place);
    Header header = header(place, bytes.read(RECORD));
    current = header;
    return header.member();
  }

  private Header header(long place, byte[] first) throws IOException {
    TarExtensions extensions = ofAll.ofMember();
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    byte[] record = first;
    while (true) {
      TarArchiveEntry entry = entry(record, place + records.size());
      records.write(record);
      byte type = entry.getLinkFlag();
      if (!isExtension(type)) {
        return header(place, entry, extensions, records);
      }
      byte[] extension = extension(entry.getSize(), records);
      switch (type) {
        case TarConstants.LF_GNUTYPE_LONGNAME -> extensions.longName(extension);
        case TarConstants.LF_GNUTYPE_LONGLINK -> extensions.longLink(extension);
        case TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER -> {
          ofAll.pax(extension);
          extensions.pax(extension);
        }
        default -> extensions.pax(extension);
      }
      record = bytes.read(RECORD);
    }
  }

  private static boolean isExtension(byte type) {
    return switch (type) {
      case TarConstants.LF_GNUTYPE_LONGNAME,
          TarConstants.LF_GNUTYPE_LONGLINK,
          TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER,
          TarConstants.LF_PAX_EXTENDED_HEADER_LC,
          TarConstants.LF_PAX_EXTENDED_HEADER_UC ->
          true;
      default -> false;
    };
  }

  private TarArchiveEntry entry(byte[] record, long place) throws IOException {
    if (record.length < RECORD && !whole) {
      throw new EOFException("the archive is cut off inside of a header");
    }
    try {
      if (record.length == RECORD) {
        TarArchiveEntry entry = new TarArchiveEntry(record, BYTES, true);
        if (entry.isCheckSumOK()) {
          return entry;
        }
      }
    } catch (IOException | IllegalArgumentException broken) {
      // as a wrong sum
    }
    throw new IOException(
        whole
            ? "behind the end of the archive, at byte %d, stands what is no archive"
                .formatted(place)
            : "at byte %d stands no header of tar; what is behind was not read".formatted(place));
  }

  private byte[] extension(long size, ByteArrayOutputStream records) throws IOException {
    if (size > HEADERS_LIMIT - records.size()) {
      throw new IOException(
          "the headers of a member, at byte %d, have more than %d bytes; what is behind was not read"
              .formatted(bytes.position(), HEADERS_LIMIT));
    }
    byte[] extension = bytes.read((int) padded(size));
    records.write(extension);
    if (extension.length < padded(size)) {
      throw new EOFException("the archive is cut off inside of a header");
    }
    return Arrays.copyOf(extension, (int) size);
  }

  private Header header(
      long place, TarArchiveEntry entry, TarExtensions extensions, ByteArrayOutputStream records)
      throws IOException {
    Long size = extensions.size();
    Long wholeSize = extensions.wholeSize();
    if (entry.isGNUSparse()) {
      wholeSize = entry.getRealSize();
      readHoles(entry.isExtended(), records);
    }
    String said = extensions.path();
    String path = said == null ? names.ofTar(raw(entry.getName())) : said;
    long stored = size == null ? entry.getSize() : size;
    if (!hasContent(entry.getLinkFlag())) {
      stored = 0; // whatever the header says, as GNU tar and Python have it
    } else if (stored > SIZE_LIMIT) {
      throw new IOException("at byte %d a member claims %d bytes".formatted(place, stored));
    }
    String link = extensions.link();
    return new Header(
        new Member(
            place, kind(entry.getLinkFlag(), path), path, wholeSize == null ? stored : wholeSize),
        link == null ? names.ofTar(raw(entry.getLinkName())) : link,
        records.toByteArray(),
        bytes.position(),
        stored,
        wholeSize != null);
  }

  private void readHoles(boolean extended, ByteArrayOutputStream records) throws IOException {
    boolean more = extended;
    while (more) {
      byte[] record = extension(RECORD, records);
      more = record[MORE_HOLES] != 0;
    }
  }

  private static byte[] raw(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean hasContent(byte type) {
    return switch (type) {
      case TarConstants.LF_DIR,
          TarConstants.LF_LINK,
          TarConstants.LF_SYMLINK,
          TarConstants.LF_CHR,
          TarConstants.LF_BLK,
          TarConstants.LF_FIFO ->
          false;
      default -> true;
    };
  }

  /** A type that POSIX doesn't know is a file's; old tars have folders as files, with a slash. */
  private static Kind kind(byte type, String path) {
    return switch (type) {
      case TarConstants.LF_DIR, FOLDER_CONTENTS, VOLUME_LABEL -> Kind.FOLDER;
      case TarConstants.LF_LINK -> Kind.HARD_LINK;
      case TarConstants.LF_SYMLINK -> Kind.SYMBOLIC_LINK;
      case TarConstants.LF_CHR,
          TarConstants.LF_BLK,
          TarConstants.LF_FIFO,
          TarConstants.LF_MULTIVOLUME ->
          Kind.SPECIAL;
      default -> path.endsWith("/") ? Kind.FOLDER : Kind.FILE;
    };
  }

  @Override
  public ImageContent content(long limit) throws IOException {
    Header header = Objects.requireNonNull(current);
    if (header.size() > limit) {
      // Holes make a file larger than what is stored, but for a map of them.
      return ArchiveFile.tooLarge(header.member().name(), header.size(), limit);
    }
    byte[] stored = bytes.read((int) header.size());
    if (stored.length < header.size()) {
      throw new EOFException(
          "the archive is cut off inside of '%s'".formatted(header.member().name()));
    }
    return header.holes() ? () -> withHoles(header, stored, limit) : () -> stored;
  }

  private static byte[] withHoles(Header header, byte[] stored, long limit) throws IOException {
    byte[] member = Arrays.copyOf(header.records(), header.records().length + stored.length);
    System.arraycopy(stored, 0, member, header.records().length, stored.length);
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(member))) {
      tar.getNextEntry();
      return tar.readNBytes(Math.toIntExact(limit + 1));
    }
  }

  @Override
  public String target() {
    return Objects.requireNonNull(current).link();
  }

  private static boolean isZero(byte[] record) {
    for (byte value : record) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static long padded(long size) {
    return (size + RECORD - 1) / RECORD * RECORD;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
