package org.retinaspark.io.wider;

import java.util.List;
import java.util.Locale;

/** The key of an image, {@code <event>/<image>.jpg}, of the ways in which people write it. */
public final class ImageKey {

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String USUAL_ENDING = ".jpg";
  private static final List<String> ENDINGS =
      List.of(USUAL_ENDING, ".jpeg", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff");

  private ImageKey() {}

  /**
   * The key that a line or path means: without blanks, byte order mark and slashes around it, with
   * slashes for backslashes, and with an ending.
   */
  public static String of(String written) {
    String key = written.replace(BYTE_ORDER_MARK, "").strip().replace('\\', '/');
    while (key.startsWith("/") || key.startsWith("./")) {
      key = key.substring(key.indexOf('/') + 1);
    }
    String lower = key.toLowerCase(Locale.ROOT);
    return key.isEmpty() || ENDINGS.stream().anyMatch(lower::endsWith) ? key : key + USUAL_ENDING;
  }

  /** The key without the folders above the event. */
  public static String belowEvent(String key) {
    int name = key.lastIndexOf('/');
    return key.substring(key.lastIndexOf('/', name - 1) + 1);
  }
}
