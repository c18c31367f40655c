package org.retinaspark.io.table;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local disk under the scheme {@code full}: files can be made, but nothing fits into them. */
public final class FullDisk extends RawLocalFileSystem {

  /** A configuration that knows it. */
  static Configuration install() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.full.impl", FullDisk.class.getName());
    return hadoop;
  }

  @Override
  public URI getUri() {
    return URI.create("full:///");
  }

  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  protected OutputStream createOutputStreamWithMode(
      Path file, boolean append, FsPermission permission) throws IOException {
    super.createOutputStreamWithMode(file, append, permission).close();
    return full();
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    super.create(file, overwrite, buffer, replication, block, progress).close();
    return new FSDataOutputStream(full(), null);
  }

  private static OutputStream full() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        throw new IOException("No space left on device");
      }
    };
  }
}
