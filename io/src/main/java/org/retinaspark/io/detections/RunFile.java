package org.retinaspark.io.detections;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The file beside a detection table that says how it was made. */
public final class RunFile {

  private static final String NAME = "_run.json";

  private RunFile() {}

  /**
   * Its text, if it is there.
   *
   * @throws IOException if it is there and can't be read
   */
  public static Optional<String> read(String table, Configuration configuration)
      throws IOException {
    Path path = new Path(table, NAME);
    FileSystem files = path.getFileSystem(configuration);
    if (!files.exists(path)) {
      return Optional.empty();
    }
    try (FSDataInputStream stream = files.open(path)) {
      return Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
