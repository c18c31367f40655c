package org.retinaspark.io.folders;

import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * A file that a folder has.
 *
 * @param path below the folder that was listed, with {@code /} between folders, unescaped
 * @param length in bytes; {@link #UNKNOWN} if it could not be asked
 * @param modified when it was last written, in milliseconds since the epoch
 * @param etag the store's version of it, if it has one
 */
public record FoundFile(String path, long length, long modified, @Nullable String etag) {

  /** The length of a file that could not be asked for it. */
  public static final long UNKNOWN = -1;

  /** A file as its file system tells of it. */
  public static FoundFile of(FileStatus file, String path) {
    String etag = file instanceof EtagSource source ? source.getEtag() : null;
    return new FoundFile(path, file.getLen(), file.getModificationTime(), etag);
  }

  /** The last part of its path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
