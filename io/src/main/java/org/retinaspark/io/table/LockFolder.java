package org.retinaspark.io.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * The locks of a table: numbered files, of which the last counts. Taking over a dead run's lock
 * makes the next number, so that of two that try it only one succeeds.
 */
final class LockFolder {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TablePaths paths;
  private final FileSystem files;

  LockFolder(TableLocation table) {
    this.paths = table.paths();
    // Without checksum files, whose own writing would disturb who reads a lock meanwhile.
    this.files =
        table.files() instanceof LocalFileSystem local ? local.getRawFileSystem() : table.files();
  }

  /**
   * A lock that stands.
   *
   * @param generation its number
   * @param owner who holds it
   * @param renewed when its owner last said so, by the clock of the file system
   */
  record Entry(int generation, LockOwner owner, Instant renewed) {}

  /** The lock that counts. */
  Optional<Entry> last() throws IOException {
    Optional<FileStatus> last =
        entries().stream().max(Comparator.comparing(entry -> entry.getPath().getName()));
    return last.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Entry(
                generation(last.get()),
                owner(last.get().getPath()),
                Instant.ofEpochMilli(last.get().getModificationTime())));
  }

  private List<FileStatus> entries() throws IOException {
    try {
      return List.of(files.listStatus(paths.locks()));
    } catch (FileNotFoundException absent) {
      return List.of();
    }
  }

  private static int generation(FileStatus entry) {
    return Integer.parseInt(entry.getPath().getName());
  }

  private LockOwner owner(Path lock) {
    try (InputStream in = files.open(lock)) {
      return JSON.readValue(in, LockOwner.class);
    } catch (IOException torn) {
      return LockOwner.unknown();
    }
  }

  /** Makes a lock unless it is there, and says whether it did. */
  boolean create(int generation, LockOwner owner) throws IOException {
    Path lock = paths.lock(generation);
    try (OutputStream out = exclusive(lock)) {
      out.write(JSON.writeValueAsBytes(owner));
    } catch (IOException failure) {
      if (files.exists(lock)) {
        return false;
      }
      throw failure;
    }
    // A store that ignores the condition lets the later of two writers win.
    return owner(lock).id().equals(owner.id());
  }

  private OutputStream exclusive(Path lock) throws IOException {
    files.mkdirs(lock.getParent());
    if (files.getUri().getScheme().equals("file")) {
      // Hadoop's local file system looks first and creates then.
      return Files.newOutputStream(
          java.nio.file.Path.of(lock.toUri().getPath()), StandardOpenOption.CREATE_NEW);
    }
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(lock);
    builder.create().overwrite(false);
    builder.opt(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    return builder.build();
  }

  /** Says again that a lock is held. */
  void renew(int generation, LockOwner owner) throws IOException {
    try (OutputStream out = files.create(paths.lock(generation), true)) {
      out.write(JSON.writeValueAsBytes(owner));
    }
  }

  /** Deletes a lock and those that it took over. */
  void delete(int generation) throws IOException {
    int others = 0;
    for (FileStatus entry : entries()) {
      if (generation(entry) <= generation) {
        files.delete(entry.getPath(), false);
      } else {
        others++;
      }
    }
    if (others == 0) {
      files.delete(paths.locks(), false);
    }
  }
}
