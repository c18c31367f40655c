package org.retinaspark.io;

import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file or folder, by the name that people or tables give it, whatever characters that has. Local
 * files are opened without Hadoop's checksums: those are for files that Hadoop wrote, and their
 * names can't be made where a file's own has a colon.
 *
 * @param files the file system that has it
 * @param path where it is there, qualified
 */
public record FileLocation(FileSystem files, Path path) {

  /** A scheme has a slash after its colon; {@code 12:30.jpg} is a file, but not for Hadoop. */
  private static final Pattern COLON_IN_NAME = Pattern.compile("[^/:]*:(?!/).*", Pattern.DOTALL);

  /**
   * Finds the file system; whether the file is there is not asked.
   *
   * @param location a URI, unescaped, or a path; relative to the working folder perhaps
   * @throws IOException if no file system serves it
   * @throws IllegalArgumentException if it can't be a path
   */
  public static FileLocation of(String location, Configuration hadoop) throws IOException {
    Path path = path(location);
    FileSystem files = path.getFileSystem(hadoop);
    return new FileLocation(LocalDisk.orOther(files, hadoop), files.makeQualified(path));
  }

  /**
   * A location as Hadoop takes it.
   *
   * @throws IllegalArgumentException if it can't be a path
   */
  public static Path path(String location) {
    boolean relative = COLON_IN_NAME.matcher(location).matches();
    return new Path(relative ? "./" + location : location);
  }

  /** Whether it is on a disk of this machine. */
  public boolean isLocal() {
    return files.getUri().getScheme().equals("file");
  }
}
