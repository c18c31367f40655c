package org.retinaspark.io.reading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes tars for tests, byte by byte where a writer would refuse. */
final class Tars {

  private Tars() {}

  /** A member: a file whose content is given, or a link to a target. */
  record Item(byte type, String name, String content) {

    static Item file(String name, String content) {
      return new Item(TarConstants.LF_NORMAL, name, content);
    }

    static Item symbolic(String name, String target) {
      return new Item(TarConstants.LF_SYMLINK, name, target);
    }

    static Item hard(String name, String target) {
      return new Item(TarConstants.LF_LINK, name, target);
    }

    boolean isLink() {
      return type == TarConstants.LF_SYMLINK || type == TarConstants.LF_LINK;
    }
  }

  static byte[] of(Item... items) throws IOException {
    return of(List.of(items));
  }

  static byte[] of(List<Item> items) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, 512, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (Item item : items) {
        TarArchiveEntry entry = new TarArchiveEntry(item.name(), item.type(), true);
        byte[] content =
            item.isLink() ? new byte[0] : item.content().getBytes(StandardCharsets.UTF_8);
        if (item.isLink()) {
          entry.setLinkName(item.content());
        }
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** A header with a right sum, and its content. */
  static byte[] raw(char type, byte[] name, byte[] content) {
    byte[] header = new byte[512 + (content.length + 511) / 512 * 512];
    System.arraycopy(name, 0, header, 0, Math.min(name.length, 100));
    put(header, 100, "0000644\0");
    put(header, 124, "%011o\0".formatted(content.length));
    put(header, 136, "00000000000\0");
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    System.arraycopy(content, 0, header, 512, content.length);
    return summed(header);
  }

  /** Mends the sum of the header that bytes begin with. */
  static byte[] summed(byte[] header) {
    put(header, 148, "        ");
    int sum = 0;
    for (int index = 0; index < 512; index++) {
      sum += header[index] & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  static void put(byte[] header, int place, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, place, bytes.length);
  }

  static byte[] raw(char type, String name, String content) {
    return raw(
        type, name.getBytes(StandardCharsets.UTF_8), content.getBytes(StandardCharsets.UTF_8));
  }

  /** The end of an archive. */
  static byte[] end() {
    return new byte[1024];
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }
}
