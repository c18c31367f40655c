package org.retinaspark.io.reading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the header of a tar's member and says more than fits in there: the records of
 * POSIX pax, and GNU's long names.
 */
final class TarExtensions {

  private static final String PATH = "path";
  private static final String LINK = "linkpath";
  private static final String SIZE = "size";
  private static final String CHARSET = "hdrcharset";

  /** Of files with holes, by GNU tar; the member's own path is a made-up one then. */
  private static final String SPARSE = "GNU.sparse.";

  private final NameEncoding names;

  /** The records that matter here; others may be many. */
  private final Map<String, String> records;

  private TarExtensions(NameEncoding names, Map<String, String> records) {
    this.names = names;
    this.records = new HashMap<>(records);
  }

  /** Those of the whole archive, before any is read. */
  static TarExtensions none(NameEncoding names) {
    return new TarExtensions(names, Map.of());
  }

  /** Those of one member, which begin with the whole archive's. */
  TarExtensions ofMember() {
    return new TarExtensions(names, records);
  }

  /** Takes GNU's long name, up to its zero. */
  void longName(byte[] name) {
    records.put(PATH, names.ofTar(untilZero(name)));
  }

  /** Takes GNU's long name of what a link leads to. */
  void longLink(byte[] name) {
    records.put(LINK, names.ofTar(untilZero(name)));
  }

  private static byte[] untilZero(byte[] name) {
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    return Arrays.copyOf(name, end);
  }

  /**
   * Takes records of pax: a length in decimal that counts itself, a space, a keyword, an equals
   * sign, a value, a line feed (POSIX.1-2017, pax, "pax Extended Header").
   */
  void pax(byte[] block) throws IOException {
    for (int start = 0; start < block.length && block[start] != 0; ) {
      int space = start;
      long length = 0;
      while (space < block.length && block[space] >= '0' && block[space] <= '9') {
        length = Math.min(length * 10 + block[space++] - '0', Integer.MAX_VALUE);
      }
      int equals = space;
      while (equals < block.length && block[equals] != '=') {
        equals++;
      }
      long end = start + length;
      if (space == start || equals >= end - 1 || end > block.length || block[space] != ' ') {
        throw new IOException("a pax header is broken");
      }
      put(
          new String(block, space + 1, equals - space - 1, StandardCharsets.UTF_8),
          Arrays.copyOfRange(block, equals + 1, (int) end - 1));
      start = (int) end;
    }
  }

  private void put(String key, byte[] value) {
    if (value.length == 0) {
      records.remove(key);
    } else if (key.equals(PATH) || key.equals(LINK) || key.equals(SPARSE + "name")) {
      boolean bytes = "BINARY".equals(records.get(CHARSET));
      records.put(key, bytes ? names.ofTar(value) : NameEncoding.utf8(value));
    } else if (key.equals(SIZE) || key.equals(CHARSET)) {
      records.put(key, NameEncoding.utf8(value));
    } else if (key.equals(SPARSE + "size") || key.equals(SPARSE + "realsize")) {
      records.put(SPARSE, NameEncoding.utf8(value));
    }
  }

  /** The member's path, if it is said here. */
  @Nullable String path() {
    String sparse = records.get(SPARSE + "name");
    return sparse == null ? records.get(PATH) : sparse;
  }

  /** What a link leads to, if it is said here. */
  @Nullable String link() {
    return records.get(LINK);
  }

  /** Bytes of the member in the archive, if they are said here. */
  @Nullable Long size() throws IOException {
    return number(SIZE);
  }

  /** Bytes of a file with holes, holes included; nothing if it has none. */
  @Nullable Long wholeSize() throws IOException {
    return number(SPARSE);
  }

  private @Nullable Long number(String key) throws IOException {
    String value = records.get(key);
    if (value == null) {
      return null;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException none) {
      // as a negative one
    }
    throw new IOException("a pax header gives '%s' as a size".formatted(value));
  }
}
