package org.retinaspark.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a command writes. It must be apart from what the command reads, and it is tried out before
 * any work.
 *
 * @param location as the user has it
 */
public record Destination(String location, Configuration hadoop) {

  /** A full disk makes files still; this must fit into one. */
  private static final int TRIAL = 1 << 16;

  /**
   * Checks that it isn't what is read.
   *
   * @throws UnusableLocationException if it is the input, by whatever name
   */
  public void requireNot(String input) {
    if (place(location).isSame(place(input))) {
      throw new UnusableLocationException(
          "output '%s' is the input '%s': nothing was done. Choose another place for the output"
              .formatted(location, input));
    }
  }

  /**
   * Checks that it isn't a table that is read, nor in its folder, where readers would take what is
   * written for the table's.
   *
   * @throws UnusableLocationException if it is
   */
  public void requireOutside(String table) {
    requireNot(table);
    if (place(table).holds(place(location))) {
      throw new UnusableLocationException(
          ("output '%s' lies in the table '%s', whose readers would take it for a part: nothing was"
                  + " done. Choose another place for the output")
              .formatted(location, table));
    }
  }

  private Place place(String of) {
    return Place.of(of, hadoop);
  }

  /**
   * Tries whether a folder can be written: makes it, puts a small file into it, and takes both away
   * again.
   *
   * @param folder the destination, or a folder of it
   * @throws UnusableLocationException with the reason if it can't be
   */
  public void tryWriting(Path folder) {
    try {
      FileSystem files = LocalDisk.orOther(folder.getFileSystem(hadoop), hadoop);
      List<Path> made = absent(files, files.makeQualified(folder));
      try {
        make(files, folder);
        Path probe = new Path(folder, "_probe-" + UUID.randomUUID());
        try (OutputStream out = files.create(probe, false)) {
          out.write(new byte[TRIAL]);
        } finally {
          files.delete(probe, false);
        }
      } finally {
        for (Path folderMade : made) {
          deleteIfEmpty(files, folderMade);
        }
      }
    } catch (IOException | RuntimeException failure) {
      throw new UnusableLocationException(
          ("output '%s' can't be written (%s): nothing was done. Check the path, the right to write"
                  + " there and the room that is left, or choose another place for the output")
              .formatted(location, RootCause.text(failure)),
          failure);
    }
  }

  /** The folders that aren't there, the innermost first. */
  private static List<Path> absent(FileSystem files, Path folder) throws IOException {
    List<Path> absent = new ArrayList<>();
    for (Path part = folder; part != null && !files.exists(part); part = part.getParent()) {
      absent.add(part);
    }
    return absent;
  }

  private static void make(FileSystem files, Path folder) throws IOException {
    if (files instanceof LocalDisk disk) {
      // Hadoop's only says that it failed.
      Files.createDirectories(disk.pathToFile(folder).toPath());
    } else {
      files.mkdirs(folder);
    }
  }

  private static void deleteIfEmpty(FileSystem files, Path folder) throws IOException {
    try {
      if (files.listStatus(folder).length == 0) {
        files.delete(folder, false);
      }
    } catch (FileNotFoundException neverMade) {
      // Nothing to take away.
    }
  }
}
