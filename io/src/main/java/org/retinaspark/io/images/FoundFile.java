package org.retinaspark.io.images;

import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * A file that a folder has.
 *
 * @param path below the folder that was listed, with {@code /} between folders, unescaped
 * @param length in bytes
 * @param modified when it was last written, in milliseconds since the epoch
 * @param etag the store's version of it, if it has one
 */
record FoundFile(String path, long length, long modified, @Nullable String etag) {

  static FoundFile of(FileStatus file, String path) {
    String etag = file instanceof EtagSource source ? source.getEtag() : null;
    return new FoundFile(path, file.getLen(), file.getModificationTime(), etag);
  }

  /** The last part of its path. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
