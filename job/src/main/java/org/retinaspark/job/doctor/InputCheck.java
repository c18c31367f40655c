package org.retinaspark.job.doctor;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.RootCause;
import org.retinaspark.job.MissingFileSystem;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.ImageFormat;

/**
 * Whether an input can be listed and read: lists until it meets a file, and reads the head of that.
 *
 * @param location as {@code detect --input} takes it
 */
record InputCheck(String location, Configuration hadoop) implements Check {

  private static final int HEAD = 64;

  /** Characters of a reason: that of missing credentials names every provider of a chain. */
  private static final int LONGEST = 300;

  @Override
  public String subject() {
    return "input";
  }

  @Override
  public List<Finding> look() {
    try {
      FileLocation place = FileLocation.of(location, hadoop);
      FileStatus file = firstFile(place.files(), place.path());
      byte[] head = head(place.files(), file.getPath());
      return List.of(
          Finding.ok(
              subject(),
              "%s is listed; %s is read: %s, %d bytes"
                  .formatted(location, file.getPath().getName(), kind(head), file.getLen())));
    } catch (IOException | RuntimeException | LinkageError refused) { // or a store's jar is missing
      return List.of(refusal(subject(), location, refused));
    }
  }

  /** What to say of a location that can't be used. */
  static Finding refusal(String subject, String location, Throwable refused) {
    String reason = RootCause.text(refused);
    return Finding.problem(
        subject,
        "'%s': %s"
            .formatted(
                location,
                reason.length() > LONGEST ? reason.substring(0, LONGEST) + "..." : reason),
        "a run that needs it ends before it begins",
        MissingFileSystem.message(refused).orElseGet(() -> StorageRemedy.of(refused).text()));
  }

  private static FileStatus firstFile(FileSystem files, Path path) throws IOException {
    FileStatus found = first(files, path);
    RemoteIterator<LocatedFileStatus> all = files.listFiles(found.getPath(), true);
    if (!all.hasNext()) {
      throw new FileNotFoundException("there is no file below %s".formatted(found.getPath()));
    }
    return all.next();
  }

  /** The place itself, or the first that a glob finds. */
  private static FileStatus first(FileSystem files, Path path) throws IOException {
    try {
      return files.getFileStatus(path);
    } catch (FileNotFoundException absent) {
      FileStatus[] matches = files.globStatus(path);
      if (matches == null || matches.length == 0) {
        throw absent;
      }
      return matches[0];
    }
  }

  private static byte[] head(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return in.readNBytes(HEAD);
    }
  }

  private static String kind(byte[] head) {
    try {
      return ImageFormat.of(head).label();
    } catch (DecodeException other) {
      return "no image by its first bytes, perhaps an archive, a table or a manifest";
    }
  }
}
