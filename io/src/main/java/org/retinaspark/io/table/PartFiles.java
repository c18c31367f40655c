package org.retinaspark.io.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of a table, named by their paths below its folder: in it, or in folders of a {@link
 * PartitionColumn}.
 *
 * @param root the table's folder, qualified
 */
record PartFiles(FileSystem files, Path root) {

  /** Those that are there, and all else that readers would take for them. */
  List<String> list() throws IOException {
    List<String> parts = new ArrayList<>();
    for (FileStatus entry : entries(files, root)) {
      String name = entry.getPath().getName();
      if (PartitionColumn.isFolder(entry)) {
        for (FileStatus file : entries(files, entry.getPath())) {
          if (!hidden(file.getPath().getName())) {
            parts.add(name + "/" + file.getPath().getName());
          }
        }
      } else if (!hidden(name)) {
        parts.add(name);
      }
    }
    return parts;
  }

  /** Deletes some of them, and the folders that are empty then. */
  void delete(List<String> parts) throws IOException {
    for (String part : parts) {
      files.delete(new Path(root, part), false);
    }
    // Whoever emptied them: a run that died has no list of what it deleted.
    for (FileStatus entry : entries(files, root)) {
      if (PartitionColumn.isFolder(entry) && entries(files, entry.getPath()).isEmpty()) {
        files.delete(entry.getPath(), false);
      }
    }
  }

  /** Whether readers pass over what has this name. */
  static boolean hidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  /** All that lies in a folder; nothing if it isn't there. */
  static List<FileStatus> entries(FileSystem files, Path folder) throws IOException {
    try {
      return List.of(files.listStatus(folder));
    } catch (FileNotFoundException absent) {
      return List.of();
    }
  }
}
