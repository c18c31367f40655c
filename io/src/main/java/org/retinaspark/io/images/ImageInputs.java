package org.retinaspark.io.images;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.retinaspark.io.FileLocation;

/**
 * Where images are looked for.
 *
 * @param locations files, folders (with all below them) or globs, on any file system of Hadoop
 * @param format how they hold their images
 * @param filter which files of a folder and members of an archive are images
 * @param columns which columns of a manifest or table say what
 * @param manifests what holds for all manifests
 */
public record ImageInputs(
    List<String> locations,
    SourceFormat format,
    NameFilter filter,
    InputColumns columns,
    ManifestSettings manifests) {

  /** Keeps an unmodifiable copy. */
  public ImageInputs {
    locations = List.copyOf(locations);
  }

  /**
   * The locations in full.
   *
   * @throws IOException if no file system serves one
   */
  public List<String> qualified(Configuration hadoop) throws IOException {
    List<String> qualified = new ArrayList<>(locations.size());
    for (String location : locations) {
      qualified.add(FileLocation.of(location, hadoop).path().toString());
    }
    return qualified;
  }
}
