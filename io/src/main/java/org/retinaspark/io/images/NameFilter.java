package org.retinaspark.io.images;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.retinaspark.io.images.PassedOver.Reason;

/**
 * Which files of a folder and members of an archive are images, by their paths. A file that the
 * user names himself is always one.
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

  /**
   * What Spark, Hadoop, Delta and this job keep in the folder of a table beside its data. Other
   * names that begin with {@code _} or {@code .} are photos like others: cameras make them.
   */
  private static final Pattern OF_TABLES =
      Pattern.compile(
          "_SUCCESS|_metadata|_common_metadata|_delta_log|_spark_metadata|_temporary|__magic[^.]*"
              + "|_committed_\\d+|_started_\\d+|\\..+\\.crc|\\.(spark|hive)-staging[^.]*"
              + "|_run\\.json|_lock|_chunks|_plan-[0-9a-f-]{36}");

  /** What macOS and Windows leave in folders and archives; {@code ._a.jpg} is no JPEG. */
  private static final Pattern OF_SYSTEMS =
      Pattern.compile("\\._.+|__MACOSX|\\.DS_Store|Thumbs\\.db|desktop\\.ini");

  /** Keeps an unmodifiable copy. */
  public NameFilter {
    extensions = Set.copyOf(extensions);
  }

  /**
   * Why a file is no image.
   *
   * @param path below its input, or in its archive, with {@code /} between folders
   * @return empty if it is one
   */
  public Optional<Reason> passesOver(String path) {
    return hides(path).or(() -> accepts(path) ? Optional.empty() : Optional.of(Reason.ENDING));
  }

  /** Why a file is none that people put there, whatever it should hold; empty if it is one. */
  public static Optional<Reason> hides(String path) {
    for (String name : path.split("/", -1)) {
      if (OF_TABLES.matcher(name).matches()) {
        return Optional.of(Reason.TABLE);
      }
      if (OF_SYSTEMS.matcher(name).matches()) {
        return Optional.of(Reason.SYSTEM);
      }
    }
    return Optional.empty();
  }

  private boolean accepts(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return extensions.isEmpty() || (name.contains(".") && extensions.contains(ending));
  }

  @Override
  public String toString() {
    return extensions.isEmpty() ? "any" : String.join(", ", new TreeSet<>(extensions));
  }
}
