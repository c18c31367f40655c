package org.retinaspark.io.folders;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.retinaspark.io.FileNameEncoding;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.folders.PassedOver.Reason;

/**
 * Folders of this machine's disk, each listed once whatever links lead to it, and each file asked
 * about once. (Hadoop's local file system asks several times, holds a whole folder in memory, goes
 * round in loops, and leaves out what it can't name.)
 *
 * <p>A walk follows no link to a folder. Those that it met are looked at when it has ended: one
 * that leads below a folder that was walked is passed over; else a walk begins there. So a folder
 * has the path without links where it has one, and else the first in the order of paths.
 */
public final class LocalTree {

  private final FolderTree.Visitor visitor;
  private final Set<Path> walked = new HashSet<>();
  private final Queue<Folder> links = new ConcurrentLinkedQueue<>();

  LocalTree(FolderTree.Visitor visitor) {
    this.visitor = visitor;
  }

  /**
   * A folder to list.
   *
   * @param place where it is
   * @param path as keys have it, with a slash at its end; empty for the root
   * @param legible whether the path is the folder's name, and not what could be made of its bytes
   * @param start whether the user named it
   */
  record Folder(Path place, String path, boolean legible, boolean start) {

    static Folder start(Path place, String path) {
      return new Folder(place, path.isEmpty() ? "" : path + "/", true, true);
    }

    Folder child(Path child, String path, boolean legible) {
      return new Folder(child, path + "/", legible, false);
    }
  }

  /**
   * Walks from these folders and all that links lead to.
   *
   * @param root what their paths are below
   */
  void visit(Path root, List<Folder> starts, FolderTree.Walk walk) throws IOException {
    List<Folder> next = inOrder(root.toRealPath(), starts);
    while (!next.isEmpty()) {
      List<Folder> entered = enter(next);
      walk.take(forks -> entered.forEach(folder -> forks.fork(more -> list(folder, more))));
      next = links.stream().sorted(Comparator.comparing(Folder::path)).toList();
      links.clear();
    }
  }

  /** Those whose path has no link first, the rest by their paths. */
  private static List<Folder> inOrder(Path root, List<Folder> starts) throws IOException {
    List<Folder> real = new ArrayList<>();
    List<Folder> linked = new ArrayList<>();
    for (Folder start : starts) {
      boolean plain = start.place().toRealPath().equals(root.resolve(start.path()));
      (plain ? real : linked).add(start);
    }
    real.sort(Comparator.comparing(Folder::path));
    linked.sort(Comparator.comparing(Folder::path));
    real.addAll(linked);
    return real;
  }

  /** The folders that no walk has met or will meet, by their real places. */
  private List<Folder> enter(List<Folder> folders) throws IOException {
    List<Folder> entered = new ArrayList<>();
    for (Folder folder : folders) {
      Path place;
      try {
        place = folder.place().toRealPath();
      } catch (FileSystemException gone) {
        visitor.passOver(Reason.VANISHED, folder.path());
        continue;
      }
      if (isWalked(place)) {
        visitor.passOver(Reason.LINKED_FOLDER, folder.path());
      } else {
        walked.add(place);
        entered.add(new Folder(place, folder.path(), folder.legible(), folder.start()));
      }
    }
    return entered;
  }

  private boolean isWalked(Path place) {
    for (Path above = place; above != null; above = above.getParent()) {
      if (walked.contains(above)) {
        return true;
      }
    }
    return false;
  }

  private void list(Folder folder, FolderTree.Forks forks) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.place())) {
      for (Path entry : entries) {
        visit(folder, entry, forks);
      }
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    } catch (AccessDeniedException denied) {
      if (folder.start()) {
        throw new IOException("permission denied: " + denied.getFile(), denied);
      }
      visitor.passOver(Reason.UNREADABLE_FOLDER, folder.path());
    } catch (NoSuchFileException | NotDirectoryException gone) {
      if (folder.start()) {
        throw gone;
      }
      visitor.passOver(Reason.VANISHED, folder.path());
    }
  }

  private void visit(Folder folder, Path entry, FolderTree.Forks forks) throws IOException {
    String path = folder.path() + entry.getFileName();
    boolean legible = folder.legible() && isLegible(entry);
    BasicFileAttributes own;
    try {
      own = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException gone) {
      visitor.passOver(Reason.VANISHED, path);
      return;
    } catch (AccessDeniedException denied) {
      // The folder's names may be read, and nothing else of it: a row says so.
      accept(new FoundFile(path, FoundFile.UNKNOWN, 0, null), legible);
      return;
    }
    BasicFileAttributes attributes = own.isSymbolicLink() ? target(entry, own) : own;
    if (attributes.isDirectory()) {
      Folder child = folder.child(entry, path, legible);
      if (own.isSymbolicLink()) {
        links.add(child);
      } else if (walked.contains(entry)) {
        visitor.passOver(Reason.LINKED_FOLDER, path);
      } else {
        forks.fork(more -> list(child, more));
      }
    } else if (attributes.isOther()) {
      visitor.passOver(Reason.SPECIAL, path);
    } else {
      // A link that leads nowhere is still one here: a row says so, if it has an image's name.
      long length = attributes.isSymbolicLink() ? FoundFile.UNKNOWN : attributes.size();
      accept(new FoundFile(path, length, attributes.lastModifiedTime().toMillis(), null), legible);
    }
  }

  /**
   * The names in a folder.
   *
   * @param passedOver counts those that are no text
   */
  static List<String> names(org.apache.hadoop.fs.Path folder, PassedOverCounter passedOver)
      throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(place(folder))) {
      for (Path entry : entries) {
        if (isLegible(entry)) {
          names.add(entry.getFileName().toString());
        } else {
          passedOver.add(Reason.UNDECODABLE_NAME, entry.toString());
        }
      }
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    } catch (NoSuchFileException | NotDirectoryException none) {
      // nothing is in it
    }
    return names;
  }

  /** Whether this is a link, wherever it leads. */
  static boolean isLink(org.apache.hadoop.fs.Path file) {
    return Files.isSymbolicLink(place(file));
  }

  /** Whether this is a pipe, a socket or a device, or a link to one. */
  public static boolean isSpecial(org.apache.hadoop.fs.Path file) {
    Path place = place(file);
    return Files.exists(place) && !Files.isRegularFile(place) && !Files.isDirectory(place);
  }

  static Path place(org.apache.hadoop.fs.Path file) {
    return Path.of(file.toUri().getPath());
  }

  private void accept(FoundFile file, boolean legible) throws IOException {
    if (legible) {
      visitor.accept(file);
    } else {
      visitor.passOver(Reason.UNDECODABLE_NAME, file.path());
    }
  }

  /** What a link leads to; the link itself if that can't be told, or it leads in a circle. */
  private static BasicFileAttributes target(Path link, BasicFileAttributes own) throws IOException {
    try {
      return Files.readAttributes(link, BasicFileAttributes.class);
    } catch (FileSystemException nowhere) {
      return own;
    }
  }

  /**
   * Whether a file can be found again by its name as text.
   *
   * @throws UnusableLocationException if it could, were the encoding not another
   */
  private static boolean isLegible(Path entry) {
    String name = entry.getFileName().toString();
    FileNameEncoding.HERE.require(entry.toString());
    try {
      return name.indexOf('\uFFFD') < 0 || entry.equals(entry.resolveSibling(name));
    } catch (InvalidPathException noName) {
      return false;
    }
  }
}
