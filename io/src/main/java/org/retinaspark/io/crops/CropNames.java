package org.retinaspark.io.crops;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Names of files for crops: {@code folder/photo.jpg~0.jpg} for the first face of {@code
 * folder/photo.jpg}.
 *
 * <p>Keys are anybody's: an archive may call its members anything. What isn't plain in a key is
 * written as {@code %} and two hexadecimal digits a byte of UTF-8, as in URIs, and so are names
 * that mean a folder ({@code ..}) or hide a file. Two keys never become one name, and no crop
 * stands where another has a folder: a tilde comes from no key.
 */
final class CropNames {

  /** What stands between an image's name and the number of a face; never in a name of a folder. */
  static final char MARK = '~';

  /**
   * Characters that every file system and shell takes for themselves, beside letters and digits.
   */
  private static final String PLAIN = "-_.";

  /** Of a part of a path; file systems end at 255, and the number and the ending come behind. */
  private static final int LONGEST = 200;

  /** Digits of the digest that stands for the rest of a long part. */
  private static final int DIGEST = 32;

  /** Before such a digest; no byte is written so. */
  private static final String SHORTENED = "%%";

  /** Of a whole path, about which file systems end. */
  private static final int LONGEST_PATH = 2000;

  private CropNames() {}

  /** The path of a crop below the output, with {@code /} between folders. */
  static String path(String image, int index, String extension) {
    String key =
        Arrays.stream(image.split("/", -1)).map(CropNames::part).collect(Collectors.joining("/"));
    if (key.length() > LONGEST_PATH) {
      key = SHORTENED + digest(image);
    }
    return "%s%c%d.%s".formatted(key, MARK, index, extension);
  }

  private static String part(String name) {
    StringBuilder safe = new StringBuilder();
    for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (one & 0xFF);
      boolean leads = safe.isEmpty() && (letter == '.' || letter == '_');
      if (isPlain(letter) && !leads) {
        safe.append(letter);
      } else {
        safe.append("%%%02X".formatted(one & 0xFF));
      }
    }
    if (safe.isEmpty()) {
      return "%"; // two slashes in a row; no byte is written so
    }
    return safe.length() <= LONGEST
        ? safe.toString()
        : safe.substring(0, LONGEST - DIGEST) + SHORTENED + digest(name);
  }

  private static boolean isPlain(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || PLAIN.indexOf(letter) >= 0;
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGEST);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
