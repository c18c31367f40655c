package org.retinaspark.io.images;

import java.util.Locale;
import java.util.Optional;

/** What a unit of work is a file of. */
public enum FileFormat {
  /** One image. */
  IMAGE,
  /** A tar archive, compressed by gzip or not; one image a member. */
  TAR,
  /** A zip archive; one image a member. */
  ZIP,
  /** A Parquet table with a column of images; one image a row. */
  TABLE;

  /** What a file of many images is by its name; empty if that doesn't say. */
  public static Optional<FileFormat> ofMany(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".tar") || lower.endsWith(".tar.gz") || lower.endsWith(".tgz")) {
      return Optional.of(TAR);
    }
    if (lower.endsWith(".parquet")) {
      return Optional.of(TABLE);
    }
    return lower.endsWith(".zip") ? Optional.of(ZIP) : Optional.empty();
  }
}
