package org.retinaspark.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Local disks as they are: without the {@code .crc} files of Hadoop's own, which other readers take
 * for parts of a table, and with an {@link IOException} where a disk is full or broken, which
 * Hadoop has as an {@link Error}.
 */
public final class LocalDisk extends RawLocalFileSystem {

  /** Hadoop's settings that put it in place of Hadoop's own, which may be in its cache already. */
  public static final Map<String, String> SETTINGS =
      Map.of("fs.file.impl", LocalDisk.class.getName(), "fs.file.impl.disable.cache", "true");

  /** A file system, with this one in place of Hadoop's local one. */
  public static FileSystem orOther(FileSystem files, Configuration hadoop) throws IOException {
    if (!(files instanceof LocalFileSystem)) {
      return files;
    }
    LocalDisk disk = new LocalDisk();
    disk.initialize(URI.create("file:///"), hadoop);
    return disk;
  }

  @Override
  protected OutputStream createOutputStream(Path file, boolean append) throws IOException {
    return new Checked(super.createOutputStream(file, append));
  }

  @Override
  protected OutputStream createOutputStreamWithMode(
      Path file, boolean append, FsPermission permission) throws IOException {
    return new Checked(super.createOutputStreamWithMode(file, append, permission));
  }

  private static final class Checked extends FilterOutputStream {

    Checked(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      try {
        out.write(octet);
      } catch (FSError failure) {
        throw exception(failure);
      }
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (FSError failure) {
        throw exception(failure);
      }
    }

    private static IOException exception(FSError failure) {
      return failure.getCause() instanceof IOException cause ? cause : new IOException(failure);
    }
  }
}
