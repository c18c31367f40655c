package org.retinaspark.io.images;

import java.util.List;

/**
 * Where images are looked for.
 *
 * @param locations files, folders (with all below them) or globs, on any file system of Hadoop
 * @param format how they hold their images
 * @param filter which files of a folder and members of an archive are images
 * @param columns which columns of a manifest or table say what
 */
public record ImageInputs(
    List<String> locations, InputFormat format, NameFilter filter, InputColumns columns) {

  /** Keeps an unmodifiable copy. */
  public ImageInputs {
    locations = List.copyOf(locations);
  }
}
