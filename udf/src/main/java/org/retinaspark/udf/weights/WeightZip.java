package org.retinaspark.udf.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.graph.Printable;

/** The members of a zip archive in memory; nothing is inflated before it is asked for. */
final class WeightZip {

  private static final byte[] SIGNATURE = {'P', 'K'};

  private final ByteBuffer content;
  private final String file;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Set<Member> checked = new HashSet<>();

  private WeightZip(byte[] content, String file) {
    this.content = ByteBuffer.wrap(content);
    this.file = file;
  }

  /** Whether a file begins as an archive does. */
  static boolean takes(byte[] content) {
    return content.length > 4
        && content[0] == SIGNATURE[0]
        && content[1] == SIGNATURE[1]
        && content[2] <= 5
        && content[3] <= 6;
  }

  /**
   * Reads the directory.
   *
   * @throws WeightFileException if it is cut, damaged or too large
   */
  static WeightZip of(byte[] content, String file) {
    WeightZip zip = new WeightZip(content, file);
    try (ZipFile directory =
        ZipFile.builder().setSeekableByteChannel(new DirectoryChannel(content)).get()) {
      Enumeration<ZipArchiveEntry> entries = directory.getEntries();
      while (entries.hasMoreElements()) {
        zip.add(entries.nextElement());
      }
    } catch (IOException | IllegalArgumentException fault) {
      Throwable cause = fault.getCause() == null ? fault : fault.getCause();
      throw new WeightFileException(
          file,
          "it is a cut or damaged zip archive: "
              + Printable.text(String.valueOf(cause.getMessage())));
    }
    return zip;
  }

  private void add(ZipArchiveEntry entry) {
    if (entry.isDirectory()) {
      return;
    }
    Member member =
        new Member(
            entry.getName(),
            entry.getMethod(),
            entry.getDataOffset(),
            entry.getCompressedSize(),
            entry.getSize(),
            entry.getCrc());
    if (entry.getGeneralPurposeBit().usesEncryption()
        || (member.method != ZipArchiveEntry.STORED && member.method != ZipArchiveEntry.DEFLATED)) {
      throw fault(member, "is encrypted or packed by a method that is not read");
    }
    if (member.offset < 0
        || member.packed < 0
        || member.size < 0
        || member.packed > content.limit() - member.offset
        || (!member.isPacked() && member.packed != member.size)) {
      throw fault(member, "does not lie in the file as its directory says");
    }
    if (members.put(member.name, member) != null) {
      throw fault(member, "is there twice");
    }
  }

  /** The members by name, in the order of the directory. */
  Map<String, Member> members() {
    return members;
  }

  /** The member of a name, or null. */
  @Nullable Member member(String name) {
    return members.get(name);
  }

  /**
   * The bytes of a member; a view of the file where it isn't packed.
   *
   * @throws WeightFileException if it is damaged, or isn't as long as its directory says
   */
  ByteBuffer bytes(Member member) {
    if (!member.isPacked()) {
      ByteBuffer bytes = content.slice((int) member.offset, (int) member.size);
      if (checked.add(member)) {
        requireChecksum(member, bytes);
      }
      return bytes;
    }
    byte[] bytes = start(member, member.size);
    if (bytes.length < member.size) {
      throw fault(member, "has %d bytes, not %d".formatted(bytes.length, member.size));
    }
    requireChecksum(member, ByteBuffer.wrap(bytes));
    return ByteBuffer.wrap(bytes);
  }

  /**
   * The first bytes of a member, fewer where it ends before.
   *
   * @throws WeightFileException if it is damaged
   */
  byte[] start(Member member, long length) {
    int most = (int) Math.min(length, Integer.MAX_VALUE - 8);
    InputStream packed =
        new ByteArrayInputStream(content.array(), (int) member.offset, (int) member.packed);
    Inflater inflater = new Inflater(true);
    try (InputStream in = member.isPacked() ? new InflaterInputStream(packed, inflater) : packed) {
      return in.readNBytes(most);
    } catch (IOException damaged) {
      throw fault(member, "can't be unpacked");
    } finally {
      inflater.end();
    }
  }

  private void requireChecksum(Member member, ByteBuffer bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes.duplicate());
    if (checksum.getValue() != member.checksum) {
      throw fault(member, "is damaged: its checksum is another");
    }
  }

  /** An error that names a member. */
  WeightFileException fault(Member member, String fault) {
    return new WeightFileException(
        file, "its member '%s' %s".formatted(Printable.text(member.name), fault));
  }

  /**
   * A file in the archive.
   *
   * @param name with its folders
   * @param method of packing
   * @param offset of its first byte
   * @param packed bytes in the archive
   * @param size bytes when unpacked, as the directory says
   * @param checksum CRC-32 of the unpacked bytes
   */
  record Member(String name, int method, long offset, long packed, long size, long checksum) {

    boolean isPacked() {
      return method != ZipArchiveEntry.STORED;
    }
  }
}
