package org.retinaspark.io.images;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.folders.PassedOver.Reason;

/**
 * Which files of a folder and members of an archive are images, by their paths. A file that the
 * user names himself is always one.
 *
 * @param extensions lower-case endings without the dot, one of which they have; empty for all
 * @param pattern what they match; null for all
 */
public record NameFilter(Set<String> extensions, @Nullable PathPattern pattern)
    implements Serializable {

  /**
   * The endings of photos, of formats too that the job knows and doesn't decode: then a row says
   * so.
   */
  public static final NameFilter IMAGES =
      new NameFilter(
          Set.of(
              "jpg", "jpeg", "jpe", "jfif", "jif", "pjpeg", "pjp", "mpo", "png", "apng", "webp",
              "bmp", "dib", "gif", "tif", "tiff", "heic", "heif", "hif", "avif", "jxl", "jp2",
              "j2k", "jpf", "jpx"));

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

  /** Every file of one of these endings. */
  public NameFilter(Set<String> extensions) {
    this(extensions, null);
  }

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
    Optional<Reason> hidden = hides(path);
    if (hidden.isPresent()) {
      return hidden;
    }
    if (!extensions.isEmpty() && !extensions.contains(ending(path))) {
      return Optional.of(Reason.ENDING);
    }
    return pattern == null || pattern.matches(path)
        ? Optional.empty()
        : Optional.of(Reason.PATTERN);
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

  /** What is after the last dot of a name; empty if it has none. */
  private static String ending(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Which names count, as a message has it. */
  @Override
  public String toString() {
    if (extensions.isEmpty()) {
      return pattern == null ? "all names" : "names that match '" + pattern + "'";
    }
    String endings = "names that end in one of " + String.join(", ", new TreeSet<>(extensions));
    return pattern == null ? endings : endings + " and match '" + pattern + "'";
  }
}
