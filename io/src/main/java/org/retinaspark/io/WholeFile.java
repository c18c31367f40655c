package org.retinaspark.io;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * A file that is there whole or not at all, also while it is replaced. A link of its name is
 * replaced too, and not what it leads to.
 */
public record WholeFile(Path path, Configuration hadoop) {

  /** Writes what a file is to hold. */
  @FunctionalInterface
  public interface Content {

    /** Writes all of it. */
    void to(OutputStream out) throws IOException;
  }

  /**
   * Writes it, in place of an older one.
   *
   * @throws UnusableLocationException with the reason if it can't be written; an older one is there
   *     still
   */
  public void write(Content content) {
    try {
      replace(content);
    } catch (IOException failure) {
      throw new UnusableLocationException(
          ("'%s' can't be written (%s): what was there is as it was. Check the right to write there"
                  + " and the room that is left, or choose another place")
              .formatted(path, RootCause.text(failure)),
          failure);
    }
  }

  private void replace(Content content) throws IOException {
    FileSystem files = LocalDisk.orOther(path.getFileSystem(hadoop), hadoop);
    if (files.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM)) {
      // An object store: a file is seen when it is closed, and a rename would be a copy.
      write(content, files.create(path, true));
      return;
    }
    Path draft = new Path(path.getParent(), "_draft-" + UUID.randomUUID());
    try {
      write(content, files.create(draft, false));
      // Local disks replace what is there. HDFS refuses to, unless it is asked for.
      if (!files.rename(draft, path)) {
        FileContext.getFileContext(files.getUri(), hadoop)
            .rename(draft, path, Options.Rename.OVERWRITE);
      }
    } finally {
      files.delete(draft, false);
    }
  }

  private static void write(Content content, OutputStream file) throws IOException {
    try (file) {
      content.to(file);
    }
  }
}
