package org.retinaspark.job.detect;

import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under the scheme {@code mortal}, for so many changes; then its process dies. Where
 * the process must go on, for the test's sake, no change succeeds any more, which looks the same
 * from outside.
 */
public final class MortalFileSystem extends RawLocalFileSystem {

  /** System property: after so many changes the process gets SIGKILL. */
  static final String LIFE = "retinaspark.test.life";

  private static final AtomicLong LEFT = new AtomicLong(Long.getLong(LIFE, Long.MAX_VALUE));

  /** Gives the disk so many changes to live. */
  public static void live(long changes) {
    LEFT.set(changes);
  }

  /** Changes that are left. */
  public static long left() {
    return LEFT.get();
  }

  /** Makes the scheme known. */
  public static void register(Configuration hadoop) {
    hadoop.setClass("fs.mortal.impl", MortalFileSystem.class, RawLocalFileSystem.class);
  }

  @Override
  public URI getUri() {
    return URI.create("mortal:///");
  }

  @Override
  public String getScheme() {
    return "mortal";
  }

  private static void change() throws IOException {
    if (LEFT.decrementAndGet() >= 0) {
      return;
    }
    if (System.getProperty(LIFE) != null) {
      kill();
    }
    throw new IOException("the process is dead");
  }

  private static void kill() throws IOException {
    try {
      new ProcessBuilder("kill", "-KILL", String.valueOf(ProcessHandle.current().pid()))
          .start()
          .waitFor();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    change();
    return super.create(path, permission, overwrite, buffer, replication, block, progress);
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
    change();
    return super.create(path, overwrite, buffer, replication, block, progress);
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
    change();
    return super.createNonRecursive(path, permission, flags, buffer, replication, block, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change();
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    change();
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    change();
    return super.mkdirs(path);
  }
}
