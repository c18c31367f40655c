package org.retinaspark.udf.image;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * What the {@code ftyp} box at the start of an ISO media file (ISO/IEC 14496-12, section 4.3) says
 * that it can be read as: HEIC and AVIF, but videos and camera raw files as well.
 */
final class Brands {

  private static final String NAME = "ftyp";
  private static final int NAME_AT = 4;
  private static final int FIRST = 8;
  private static final int VERSION = 12;
  private static final int BYTES = 4;

  /** The box of a hostile file may claim to be the whole file. */
  private static final int MOST_BYTES = 256;

  private Brands() {}

  /** The major brand and the compatible ones; none if the file is no ISO media file. */
  static Set<String> of(byte[] content) {
    Set<String> brands = new HashSet<>();
    if (content.length < VERSION || !NAME.equals(text(content, NAME_AT))) {
      return brands;
    }
    int length = (Byte.toUnsignedInt(content[2]) << 8) | Byte.toUnsignedInt(content[3]);
    int end = Math.min(content.length, Math.min(Math.max(length, VERSION), MOST_BYTES));
    for (int position = FIRST; position + BYTES <= end; position += BYTES) {
      if (position != VERSION) {
        brands.add(text(content, position));
      }
    }
    return brands;
  }

  private static String text(byte[] content, int position) {
    return new String(content, position, BYTES, StandardCharsets.ISO_8859_1);
  }
}
