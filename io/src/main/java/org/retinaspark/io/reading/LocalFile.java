package org.retinaspark.io.reading;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.retinaspark.io.FileNameEncoding;

/**
 * A file on a disk of this machine, looked at before it is opened: of all that it can't open
 * java.io says that it isn't there, and a pipe it would wait for without end.
 *
 * @param uri what messages call it
 * @param path where it is
 */
record LocalFile(String uri, String path) {

  /**
   * Makes sure that it can be opened, but for rights to its content.
   *
   * @throws FileNotFoundException if it isn't there
   * @throws AccessDeniedException if it may not be looked for
   * @throws UnreadableImageException if Java can't say its name here, or it is no regular file
   */
  void require() throws IOException {
    if (!FileNameEncoding.HERE.bears(path)) {
      throw new UnreadableImageException(
          UnreadableImageException.NAME_ENCODING,
          "'%s' can't be opened. %s".formatted(uri, FileNameEncoding.HERE.remedy()));
    }
    Path place = Path.of(path);
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(place, BasicFileAttributes.class);
    } catch (AccessDeniedException denied) {
      throw denied;
    } catch (FileSystemException absent) {
      throw new FileNotFoundException(
          Files.isSymbolicLink(place)
              ? "'%s' is a link to '%s', which leads to no file"
                  .formatted(uri, Files.readSymbolicLink(place))
              : "'%s' is not there".formatted(uri));
    }
    if (!attributes.isRegularFile()) {
      throw new UnreadableImageException(
          UnreadableImageException.NO_FILE,
          "'%s' is a %s: it was not read"
              .formatted(uri, attributes.isDirectory() ? "folder" : "pipe, a socket or a device"));
    }
  }
}
