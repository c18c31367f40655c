package org.retinaspark.io.images;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** All files below a folder, one after the other, without holding them. */
interface FileWalk {

  /** Whether there is another file. */
  boolean hasNext() throws IOException;

  /** The next file. */
  FileStatus next() throws IOException;

  /** Walks a folder in the way that its file system does fastest. */
  static FileWalk below(Path folder, FileSystem files) throws IOException {
    return files.getScheme().equals("file") ? new Local(folder, files) : new Remote(folder, files);
  }

  /** One request a page for whole trees on object stores. */
  final class Remote implements FileWalk {

    private final RemoteIterator<? extends FileStatus> files;

    Remote(Path folder, FileSystem files) throws IOException {
      this.files = files.listFiles(folder, true);
    }

    @Override
    public boolean hasNext() throws IOException {
      return files.hasNext();
    }

    @Override
    public FileStatus next() throws IOException {
      return files.next();
    }
  }

  /**
   * Folder by folder on local disks: Hadoop's recursive listing wants each file's permissions, for
   * which it starts a process a file where its native library is missing.
   */
  final class Local implements FileWalk {

    private final FileSystem files;
    private final Deque<FileStatus> open = new ArrayDeque<>();

    Local(Path folder, FileSystem files) throws IOException {
      this.files = files;
      expand(folder);
    }

    @Override
    public boolean hasNext() throws IOException {
      while (!open.isEmpty() && open.peek().isDirectory()) {
        expand(open.pop().getPath());
      }
      return !open.isEmpty();
    }

    @Override
    public FileStatus next() throws IOException {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      return open.pop();
    }

    private void expand(Path folder) throws IOException {
      for (FileStatus entry : files.listStatus(folder)) {
        open.push(entry);
      }
    }
  }
}
