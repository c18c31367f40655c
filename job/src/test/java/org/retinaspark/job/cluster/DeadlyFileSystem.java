package org.retinaspark.job.cluster;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.impl.OpenFileParameters;

/** Local files under a scheme of their own, of which some end the process that opens them. */
public final class DeadlyFileSystem extends RawLocalFileSystem {

  static final String SCHEME = "deadly";

  /** What the name of a deadly file has in it. */
  static final String MARK = "kills";

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  protected CompletableFuture<FSDataInputStream> openFileWithOptions(
      Path path, OpenFileParameters parameters) throws java.io.IOException {
    if (path.getName().contains(MARK)) {
      Runtime.getRuntime().halt(9);
    }
    return super.openFileWithOptions(path, parameters);
  }
}
