package org.retinaspark.io.images;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.Path;

/**
 * Folders with all below them. What lies there is told by paths as Hadoop takes them apart when it
 * opens a file, never by their text, so that no spelling makes a difference between the two.
 *
 * @param folders with their schemes and authorities
 */
public record AllowedFolders(List<String> folders) {

  /**
   * Whether a file lies below one by its name: on the same file system to the letter, since {@code
   * s3a://bucket@elsewhere} and {@code file://host} are others.
   */
  public boolean contain(Path file) {
    String child = file.toUri().getPath();
    return !(child + "/").contains("/../")
        && folders.stream().map(Path::new).anyMatch(folder -> isBelow(file, folder));
  }

  private static boolean isBelow(Path file, Path folder) {
    URI child = file.toUri();
    URI parent = folder.toUri();
    String start = parent.getPath().endsWith("/") ? parent.getPath() : parent.getPath() + "/";
    return Objects.equals(parent.getScheme(), child.getScheme())
        && Objects.equals(parent.getAuthority(), child.getAuthority())
        && child.getPath().startsWith(start)
        && child.getPath().length() > start.length();
  }

  /**
   * Whether a file lies below one when links are followed; only local file systems have links that
   * others than the user may have made.
   *
   * @throws IOException if the file can't be reached
   */
  public boolean hold(Path file) throws IOException {
    if (!contain(file)) {
      return false;
    }
    if (!"file".equals(file.toUri().getScheme())) {
      return true;
    }
    try {
      java.nio.file.Path target = real(file);
      for (String folder : folders) {
        Path place = new Path(folder);
        if ("file".equals(place.toUri().getScheme()) && target.startsWith(real(place))) {
          return true;
        }
      }
      return false;
    } catch (NoSuchFileException absent) {
      return true; // as who opens it will say
    }
  }

  private static java.nio.file.Path real(Path path) throws IOException {
    return java.nio.file.Path.of(path.toUri().getPath()).toRealPath();
  }
}
