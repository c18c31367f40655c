package org.retinaspark.io.images;

import java.util.List;

/**
 * What holds for all manifests.
 *
 * @param roots folders that their paths may lead to, beside the one that each is in
 * @param separator what stands between the fields of a {@code .csv}
 */
public record ManifestSettings(List<String> roots, char separator) {

  /** Nothing but their own folders; commas. */
  public static final ManifestSettings DEFAULT = new ManifestSettings(List.of(), ',');

  /**
   * Keeps an unmodifiable copy.
   *
   * @throws IllegalArgumentException if fields can't be told apart so
   */
  public ManifestSettings {
    roots = List.copyOf(roots);
    if (separator == '"' || separator == '\n' || separator == '\r') {
      throw new IllegalArgumentException(
          "a quotation mark or the end of a line can't separate the fields of a manifest");
    }
  }
}
