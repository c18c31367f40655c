package org.retinaspark.io.table;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under the scheme {@code shaky}: its clock may be wrong, and a test may step in
 * before a file is created, and throw.
 */
public final class ShakyFileSystem extends RawLocalFileSystem {

  private static Duration skew = Duration.ZERO;
  private static Consumer<String> beforeCreate = name -> {};

  /** A configuration that knows it, with a right clock and no faults. */
  static Configuration install() {
    skew = Duration.ZERO;
    beforeCreate = name -> {};
    Configuration hadoop = new Configuration();
    hadoop.set("fs.shaky.impl", ShakyFileSystem.class.getName());
    return hadoop;
  }

  /** Lets its clock be ahead. */
  static void skew(Duration ahead) {
    skew = ahead;
  }

  /** What happens before a file of a name is created. */
  static void beforeCreate(Consumer<String> step) {
    beforeCreate = step;
  }

  @Override
  public URI getUri() {
    return URI.create("shaky:///");
  }

  @Override
  public String getScheme() {
    return "shaky";
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    beforeCreate.accept(path.getName());
    return super.createNonRecursive(path, permission, flags, buffer, replication, block, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    beforeCreate.accept(path.getName());
    return super.create(path, overwrite, buffer, replication, block, progress);
  }

  /** Of one file, and by Hadoop's implementation also of each that is listed. */
  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return skewed(super.getFileStatus(path));
  }

  private static FileStatus skewed(FileStatus status) {
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        status.getReplication(),
        status.getBlockSize(),
        status.getModificationTime() + skew.toMillis(),
        status.getPath());
  }
}
