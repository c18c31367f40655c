package org.retinaspark.io.images;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of this machine's disk, asked about each file once. Hadoop's local file system asks
 * several times, and holds a whole folder in memory.
 *
 * @param folder the folder
 * @param below its path below the root of the walk, as keys have it; empty for the root
 * @param visitor takes its files
 */
record LocalFolder(Path folder, String below, FolderTree.Visitor visitor) {

  LocalFolder(Path root, FolderTree.Visitor visitor) {
    this(root, "", visitor);
  }

  /** Visits the files right in the folder, and gives the folders in it. */
  List<LocalFolder> visit() throws IOException {
    List<LocalFolder> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        visit(entry, below + entry.getFileName(), folders);
      }
    } catch (AccessDeniedException denied) {
      throw new IOException("permission denied: " + denied.getFile(), denied);
    }
    return folders;
  }

  private void visit(Path entry, String path, List<LocalFolder> folders) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(entry, BasicFileAttributes.class);
    } catch (NoSuchFileException gone) {
      return; // a link that leads nowhere, or deleted meanwhile
    }
    if (attributes.isDirectory()) {
      folders.add(new LocalFolder(entry, path + "/", visitor));
    } else {
      visitor.accept(
          new FoundFile(path, attributes.size(), attributes.lastModifiedTime().toMillis(), null));
    }
  }
}
