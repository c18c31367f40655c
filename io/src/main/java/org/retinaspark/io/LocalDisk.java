package org.retinaspark.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FSInputStream;
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

  /**
   * Has Hadoop's own local disk, which Spark writes with, leave out its {@code .crc} files in this
   * process. Not replaced by a setting: S3A asks for Hadoop's type by it, with a loader that can't
   * see our classes.
   */
  public static void leaveOutChecksums(Configuration hadoop) {
    try {
      LocalFileSystem disk = FileSystem.getLocal(hadoop);
      disk.setWriteChecksum(false);
      disk.setVerifyChecksum(false);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The location of a file or folder of this machine, as Hadoop takes it: not escaped. */
  public static String location(java.nio.file.Path file) {
    return new Path(file.toUri()).toString();
  }

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
    return new CheckedOutput(super.createOutputStream(file, append));
  }

  @Override
  protected OutputStream createOutputStreamWithMode(
      Path file, boolean append, FsPermission permission) throws IOException {
    return new CheckedOutput(super.createOutputStreamWithMode(file, append, permission));
  }

  @Override
  public FSDataInputStream open(Path file, int buffer) throws IOException {
    return new FSDataInputStream(new CheckedInput(super.open(file, buffer)));
  }

  private static IOException exception(FSError failure) {
    return failure.getCause() instanceof IOException cause ? cause : new IOException(failure);
  }

  private static final class CheckedInput extends FSInputStream {

    private final FSDataInputStream in;

    CheckedInput(FSDataInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (FSError failure) {
        throw exception(failure);
      }
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      try {
        return in.read(bytes, from, count);
      } catch (FSError failure) {
        throw exception(failure);
      }
    }

    @Override
    public int read(long position, byte[] bytes, int from, int count) throws IOException {
      try {
        return in.read(position, bytes, from, count);
      } catch (FSError failure) {
        throw exception(failure);
      }
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public boolean seekToNewSource(long position) throws IOException {
      return in.seekToNewSource(position);
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private static final class CheckedOutput extends FilterOutputStream {

    CheckedOutput(OutputStream out) {
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
  }
}
