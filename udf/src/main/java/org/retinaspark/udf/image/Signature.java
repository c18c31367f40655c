package org.retinaspark.udf.image;

import java.util.Arrays;
import java.util.List;

/** The bytes that files of a format start with. */
final class Signature {

  private static final int ANY = -1;
  private static final int HEX = 16;

  private final int[] bytes;

  /**
   * One signature.
   *
   * @param pattern two characters a byte: hexadecimal digits, or {@code ..} for any; blanks part
   *     them
   */
  private Signature(String pattern) {
    String digits = pattern.replace(" ", "");
    bytes = new int[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      String digit = digits.substring(2 * i, 2 * i + 2);
      bytes[i] = digit.equals("..") ? ANY : Integer.parseInt(digit, HEX);
    }
  }

  static List<Signature> all(String... patterns) {
    return Arrays.stream(patterns).map(Signature::new).toList();
  }

  /** Whether a file starts so. */
  boolean starts(byte[] content) {
    if (content.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != ANY && bytes[i] != Byte.toUnsignedInt(content[i])) {
        return false;
      }
    }
    return true;
  }
}
