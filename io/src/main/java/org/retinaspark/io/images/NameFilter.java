package org.retinaspark.io.images;

import java.io.Serializable;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which files of a folder are images, by the end of their names. A file that the user names himself
 * is always one.
 *
 * @param extensions lower-case endings without the dot; empty for every file
 */
public record NameFilter(Set<String> extensions) implements Serializable {

  /** The endings of the formats that the job decodes. */
  public static final NameFilter IMAGES =
      new NameFilter(
          Set.of("jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp", "gif", "tif", "tiff"));

  /** Every file, whatever its name. */
  public static final NameFilter ANY = new NameFilter(Set.of());

  /** Keeps an unmodifiable copy. */
  public NameFilter {
    extensions = Set.copyOf(extensions);
  }

  public boolean accepts(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return extensions.isEmpty() || (name.contains(".") && extensions.contains(ending));
  }

  /** Whether a name of a path begins with {@code _} or {@code .}, as Hadoop hides files. */
  public static boolean hides(String path) {
    for (String name : path.split("/", -1)) {
      if (name.startsWith("_") || name.startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return extensions.isEmpty() ? "any" : String.join(", ", new TreeSet<>(extensions));
  }
}
