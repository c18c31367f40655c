package org.retinaspark.job.update;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk under the scheme {@code counted}, which remembers what was opened to be read. */
public final class CountedFileSystem extends RawLocalFileSystem {

  private static final List<String> OPENED = Collections.synchronizedList(new ArrayList<>());

  /** Makes the scheme known. */
  static void register(Configuration hadoop) {
    hadoop.setClass("fs.counted.impl", CountedFileSystem.class, RawLocalFileSystem.class);
  }

  /** The names of the files opened since this was asked last, one as often as it was opened. */
  static List<String> opened() {
    List<String> opened = OPENED.stream().sorted().toList();
    OPENED.clear();
    return opened;
  }

  @Override
  public URI getUri() {
    return URI.create("counted:///");
  }

  @Override
  public FSDataInputStream open(Path file, int buffer) throws IOException {
    OPENED.add(file.getName());
    return super.open(file, buffer);
  }
}
