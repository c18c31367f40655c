package org.retinaspark.io.wider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** A text file that names one image a line, by its key. */
public final class ImageList {

  private ImageList() {}

  /**
   * Reads the keys, as {@link ImageKey} understands them; blank lines and those that start with
   * {@code #} don't count.
   *
   * @throws IOException if the file can't be read
   */
  public static Set<String> read(String uri, Configuration configuration) throws IOException {
    Path path = new Path(uri);
    try (FSDataInputStream stream = path.getFileSystem(configuration).open(path)) {
      Set<String> keys = new LinkedHashSet<>();
      new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.strip().startsWith("#"))
          .map(ImageKey::of)
          .filter(key -> !key.isEmpty())
          .forEach(keys::add);
      return keys;
    }
  }
}
