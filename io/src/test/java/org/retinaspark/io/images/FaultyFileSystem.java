package org.retinaspark.io.images;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.impl.OpenFileParameters;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.LambdaUtils;
import org.apache.hadoop.util.functional.RemoteIterators;

/**
 * A local file system under the scheme {@code faulty} that counts what it is asked and fails as
 * often as it is told: when a file is opened, and after so many bytes of a stream.
 */
public final class FaultyFileSystem extends FilterFileSystem {

  public static final AtomicInteger OPENED = new AtomicInteger();
  public static final AtomicInteger STATUS_ASKED = new AtomicInteger();
  public static final AtomicInteger FOLDERS_LISTED = new AtomicInteger();
  public static final AtomicInteger TREES_LISTED = new AtomicInteger();

  private static int openFailures;
  private static int readFailures;
  private static long bytesBeforeFailure;
  private static boolean store;
  private static String denied = "";
  private static String gone = "";

  /** A file system over the local one. */
  public FaultyFileSystem() {
    super(new Named());
  }

  /** A configuration that knows it, with no faults and fresh counters. */
  public static Configuration install(Configuration hadoop) {
    OPENED.set(0);
    STATUS_ASKED.set(0);
    FOLDERS_LISTED.set(0);
    TREES_LISTED.set(0);
    openFailures = 0;
    readFailures = 0;
    store = false;
    denied = "";
    gone = "";
    hadoop.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    return hadoop;
  }

  public static void failOpening(int times) {
    openFailures = times;
  }

  public static void failReading(int times, long afterBytes) {
    readFailures = times;
    bytesBeforeFailure = afterBytes;
  }

  /** Has folders of these names not listed: for lack of rights, and since somebody deleted one. */
  public static void hide(String deniedName, String goneName) {
    denied = deniedName;
    gone = goneName;
  }

  /** Makes it behave as an object store does, which lists whole trees. */
  public static void pretendStore() {
    store = true;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    OPENED.incrementAndGet();
    if (openFailures-- > 0) {
      throw new IOException("503 Slow Down");
    }
    return new FSDataInputStream(new FaultyStream(super.open(path, bufferSize)));
  }

  @Override
  public FutureDataInputStreamBuilder openFile(Path path) throws IOException {
    return createDataInputStreamBuilder(this, path);
  }

  @Override
  protected CompletableFuture<FSDataInputStream> openFileWithOptions(
      Path path, OpenFileParameters parameters) {
    return LambdaUtils.eval(
        new CompletableFuture<>(), () -> open(path, parameters.getBufferSize()));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    STATUS_ASKED.incrementAndGet();
    return super.getFileStatus(path);
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) {
    return store && capability.equals(CommonPathCapabilities.ETAGS_AVAILABLE);
  }

  @Override
  public RemoteIterator<FileStatus> listStatusIterator(Path path) throws IOException {
    FOLDERS_LISTED.incrementAndGet();
    if (path.getName().equals(denied)) {
      throw new AccessControlException("Permission denied: user=somebody, access=READ_EXECUTE");
    }
    if (path.getName().equals(gone)) {
      throw new FileNotFoundException("File does not exist");
    }
    return RemoteIterators.remoteIteratorFromArray(plain(path));
  }

  @Override
  public RemoteIterator<LocatedFileStatus> listFiles(Path path, boolean recursive)
      throws IOException {
    TREES_LISTED.incrementAndGet();
    List<LocatedFileStatus> files = new ArrayList<>();
    gather(path, files);
    return RemoteIterators.remoteIteratorFromIterable(files);
  }

  private void gather(Path folder, List<LocatedFileStatus> files) throws IOException {
    for (FileStatus entry : plain(folder)) {
      if (entry.isDirectory()) {
        gather(entry.getPath(), files);
      } else {
        files.add(new LocatedFileStatus(entry, new BlockLocation[0]));
      }
    }
  }

  /** Entries that don't know of the local file system, which its own ask for permissions. */
  private FileStatus[] plain(Path folder) throws IOException {
    return Arrays.stream(super.listStatus(folder))
        .map(
            entry ->
                new FileStatus(
                    entry.getLen(),
                    entry.isDirectory(),
                    1,
                    0,
                    entry.getModificationTime(),
                    entry.getPath()))
        .toArray(FileStatus[]::new);
  }

  /** The local file system under another name. */
  private static final class Named extends RawLocalFileSystem {

    @Override
    public URI getUri() {
      return URI.create("faulty:///");
    }
  }

  /** Fails at its place, as often as it is told. */
  private static final class FaultyStream extends FSInputStream {

    private final FSDataInputStream in;

    FaultyStream(FSDataInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (readFailures > 0 && in.getPos() >= bytesBeforeFailure) {
        readFailures--;
        throw new IOException("connection reset");
      }
      return in.read(buffer, offset, (int) Math.min(length, 1000));
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
    public boolean seekToNewSource(long position) {
      return false;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
