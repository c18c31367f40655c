package org.retinaspark.io.crops;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The list of a task's crops and failures, a line a face; there is no file without a line. */
final class LineFile implements Closeable {

  /** How names of such files end. */
  static final String EXTENSION = ".jsonl";

  private final FileSystem files;
  private final Path path;
  private @Nullable OutputStream out;

  LineFile(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  void add(byte[] line) throws IOException {
    OutputStream open = out;
    if (open == null) {
      open = new BufferedOutputStream(files.create(path, false));
      out = open;
    }
    open.write(line);
    open.write('\n');
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
