package org.retinaspark.io.images;

import java.util.Locale;
import java.util.Optional;

/** How inputs hold their images. */
public enum SourceFormat {
  /**
   * By what is there: a folder's or glob's images, or its archives if it has no loose image; a file
   * that is named itself by its ending.
   */
  AUTO,
  /** Image files. */
  FILES,
  /** Tables or lists that name image files. */
  MANIFEST,
  /** Tar archives in the manner of WebDataset. */
  TAR,
  /** Zip archives. */
  ZIP,
  /** Parquet tables that hold the images themselves. */
  PARQUET;

  /** The format's name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a file that was met in a folder would be, if it may be of this format by its name. */
  Optional<FileFormat> met(String name) {
    Optional<FileFormat> archive = archive(name);
    return switch (this) {
      case AUTO -> archive.isPresent() ? archive : Optional.of(FileFormat.IMAGE);
      case FILES -> Optional.of(FileFormat.IMAGE);
      case TAR -> archive.filter(FileFormat.TAR::equals);
      case ZIP -> archive.filter(FileFormat.ZIP::equals);
      case PARQUET -> name.endsWith(".parquet") ? Optional.of(FileFormat.TABLE) : Optional.empty();
      case MANIFEST -> Optional.empty();
    };
  }

  /** What a file that the user names himself is, whatever its name where he says its format. */
  FileFormat named(String name) {
    return switch (this) {
      case AUTO -> archive(name).orElse(FileFormat.IMAGE);
      case FILES, MANIFEST -> FileFormat.IMAGE;
      case TAR -> FileFormat.TAR;
      case ZIP -> FileFormat.ZIP;
      case PARQUET -> FileFormat.TABLE;
    };
  }

  private static Optional<FileFormat> archive(String name) {
    return FileFormat.ofMany(name).filter(format -> format != FileFormat.TABLE);
  }
}
