package org.retinaspark.io.reading;

import static org.apache.hadoop.util.functional.FutureIO.awaitFuture;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.images.AllowedFolders;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageRoot;

/**
 * Opens files, each with one request: what the listing knows of a file is handed to the store, so
 * that it isn't asked again.
 */
final class FileOpener {

  private final Configuration hadoop;
  private final Retry retry;

  FileOpener(Configuration hadoop, Retry retry) {
    this.hadoop = hadoop;
    this.retry = retry;
  }

  /**
   * Reads a whole file.
   *
   * @param maximumBytes a larger file fails; of one of unknown length a byte more is read
   */
  byte[] read(ImageFile file, long maximumBytes) throws IOException {
    if (file.length() > maximumBytes) {
      throw new IOException(
          "%s was not read, since its %d bytes are more than %d"
              .formatted(file.uri(), file.length(), maximumBytes));
    }
    return retry.call(() -> attempt(file, maximumBytes));
  }

  /** A stream over a file that goes on where it was after a passing failure. */
  ResumingStream stream(ImageFile file, String readPolicy) {
    return new ResumingStream(() -> open(file, file.length(), readPolicy), retry);
  }

  private byte[] attempt(ImageFile file, long maximumBytes) throws IOException {
    boolean known = file.length() != ImageFile.UNKNOWN;
    long length = known ? file.length() : maximumBytes + 1;
    try (FSDataInputStream in =
        open(file, length, OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_WHOLE_FILE)) {
      byte[] content = in.readNBytes(Math.toIntExact(length));
      if (known && content.length < length) {
        throw new EOFException(
            "%s ends after %d of the %d bytes that the listing gave it"
                .formatted(file.uri(), content.length, length));
      }
      return content;
    }
  }

  private FSDataInputStream open(ImageFile file, long length, String readPolicy)
      throws IOException {
    try {
      FileLocation location = allowed(file);
      Path path = location.path();
      if (location.isLocal()) {
        new LocalFile(file.uri(), path.toUri().getPath()).require();
      }
      return awaitFuture(
          location
              .files()
              .openFile(path)
              .opt(OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY, readPolicy)
              .withFileStatus(new FileStatus(length, false, 1, 0, file.modified(), path))
              .build());
    } catch (AccessControlException denied) {
      throw denied(file, denied);
    } catch (FileNotFoundException failure) {
      // What java.io says of a local file that exists but may not be read.
      if (String.valueOf(failure.getMessage()).endsWith("(Permission denied)")) {
        throw denied(file, failure);
      }
      throw failure;
    } catch (IllegalArgumentException noPath) {
      throw new FileNotFoundException(
          "'%s' can't be a path: %s".formatted(file.uri(), noPath.getMessage()));
    }
  }

  /** Where a file is, if it is the user's or within what he allows to a manifest. */
  private FileLocation allowed(ImageFile file) throws IOException {
    ImageRoot root = file.root();
    if (root.refusal() != null) {
      throw refused("'%s' %s".formatted(file.uri(), root.refusal()));
    }
    FileLocation location = FileLocation.of(file.uri(), hadoop);
    if (root.within().isEmpty()) {
      requireSameFile(file, location.path());
      return location;
    }
    if (!new AllowedFolders(root.within()).hold(location.path())) {
      throw refused(
          "'%s' leads out of '%s' by a link: it was not read. Allow the folder that it leads to by"
                  .formatted(file.uri(), String.join("', '", root.within()))
              + " --manifest-root");
    }
    return location;
  }

  /** Keys of object stores are any text; of some Hadoop makes the path of another object. */
  private static void requireSameFile(ImageFile file, Path path) throws IOException {
    if (!path.toUri().getPath().endsWith("/" + file.path())) {
      throw new UnreadableImageException(
          UnreadableImageException.UNSUPPORTED,
          ("'%s' was not read, since Hadoop takes it for '%s': there are '//', '/./' or '/../' in"
                  + " its name. Copy the object to a name without them")
              .formatted(file.uri(), path));
    }
  }

  private static UnreadableImageException refused(String message) {
    return new UnreadableImageException(UnreadableImageException.REFUSED, message);
  }

  private static AccessDeniedException denied(ImageFile file, IOException cause) {
    AccessDeniedException denied = new AccessDeniedException(file.uri(), null, cause.getMessage());
    denied.initCause(cause);
    return denied;
  }
}
