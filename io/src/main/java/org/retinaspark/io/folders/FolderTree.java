package org.retinaspark.io.folders;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;
import org.retinaspark.io.folders.PassedOver.Reason;

/**
 * All files below folders, listed by many threads and handed on as they come. Where folders are
 * real, each is a task. An object store has none and lists whole trees a page a request, page after
 * page: there each of the folders right below a folder is a task, and on S3 any range of keys may
 * be ({@link S3Keys}). On a local disk there are links ({@link LocalTree}).
 */
public final class FolderTree {

  /** Requests under way at once: a listing waits for the store, not for the processor. */
  private static final int THREADS = 16;

  /** With more folders than this, a request for each would cost more than one after the other. */
  private static final int SPLIT_LIMIT = 256;

  private final FileSystem files;
  private final Path root;
  private final Visitor visitor;

  private FolderTree(FileSystem files, Path root, Visitor visitor) {
    this.files = files;
    this.root = root;
    this.visitor = visitor;
  }

  /** Takes what is found. Called by many threads at once; paths are below the root. */
  public interface Visitor {

    /** Takes a file. */
    void accept(FoundFile file) throws IOException;

    /** Takes note of what can't be one. */
    void passOver(Reason reason, String path);
  }

  /**
   * Visits the files.
   *
   * @param root what paths are told below
   * @param folders the root, or what lies below it
   * @throws IOException if one of the folders can't be listed, or the visitor fails
   */
  public static void visit(FileSystem files, Path root, Collection<Path> folders, Visitor visitor)
      throws IOException {
    FolderTree tree = new FolderTree(files, root, visitor);
    ForkJoinPool pool = new ForkJoinPool(THREADS);
    try {
      tree.visit(folders, step -> pool.invoke(action(step)));
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    } finally {
      pool.shutdownNow();
    }
  }

  private void visit(Collection<Path> folders, Walk walk) throws IOException {
    if (files instanceof RawLocalFileSystem) {
      new LocalTree(visitor)
          .visit(
              LocalTree.place(root),
              folders.stream()
                  .map(
                      folder ->
                          LocalTree.Folder.start(LocalTree.place(folder), below(folder, root)))
                  .toList(),
              walk);
      return;
    }
    List<Step> starts = new ArrayList<>();
    for (Path folder : folders) {
      if (!isBelow(folders, folder)) {
        starts.add(start(folder));
      }
    }
    walk.take(forks -> starts.forEach(forks::fork));
  }

  private Step start(Path folder) throws IOException {
    if (files.getUri().getScheme().equals("s3a")) {
      // Named only here, since Hadoop's classes for S3 need not be there for other inputs.
      Optional<S3Keys> keys = S3Keys.of(files, root, folder, THREADS, visitor);
      if (keys.isPresent()) {
        return keys.get()::visit;
      }
    }
    return files.hasPathCapability(folder, CommonPathCapabilities.ETAGS_AVAILABLE)
        ? forks -> visitStore(folder, forks)
        : forks -> visitChildren(visitLevel(folder), forks);
  }

  private void visitChildren(List<Path> folders, Forks forks) {
    for (Path folder : folders) {
      forks.fork(further -> visitFolder(folder, further));
    }
  }

  private void visitFolder(Path folder, Forks forks) throws IOException {
    try {
      visitChildren(visitLevel(folder), forks);
    } catch (AccessControlException | AccessDeniedException denied) {
      visitor.passOver(Reason.UNREADABLE_FOLDER, below(folder, root) + "/");
    } catch (FileNotFoundException gone) {
      visitor.passOver(Reason.VANISHED, below(folder, root) + "/");
    }
  }

  private void visitStore(Path start, Forks forks) throws IOException {
    List<Path> folders = visitLevel(start);
    if (folders.size() > SPLIT_LIMIT) {
      visitAll(start, start);
      return;
    }
    for (Path folder : folders) {
      forks.fork(further -> visitAll(folder, start));
    }
  }

  /** Visits the files right in a folder, and gives the folders in it. */
  private List<Path> visitLevel(Path folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    RemoteIterator<FileStatus> entries = files.listStatusIterator(folder);
    while (entries.hasNext()) {
      FileStatus entry = entries.next();
      if (entry.isDirectory()) {
        folders.add(entry.getPath());
      } else {
        visitor.accept(FoundFile.of(entry, below(entry.getPath(), root)));
      }
    }
    return folders;
  }

  /** Visits what is below a folder, except the files right in the start, which were visited. */
  private void visitAll(Path folder, Path start) throws IOException {
    RemoteIterator<? extends FileStatus> entries = files.listFiles(folder, true);
    while (entries.hasNext()) {
      FileStatus entry = entries.next();
      if (below(entry.getPath(), start).contains("/")) {
        visitor.accept(FoundFile.of(entry, below(entry.getPath(), root)));
      }
    }
  }

  /** Whether a file or folder lies below one of these. */
  public static boolean isBelow(Collection<Path> folders, Path file) {
    for (Path above = file.getParent(); above != null; above = above.getParent()) {
      if (folders.contains(above)) {
        return true;
      }
    }
    return false;
  }

  /** A file's path below a folder; empty for the folder itself. */
  public static String below(Path file, Path folder) {
    String prefix = folder.toString();
    int skipped = prefix.endsWith("/") ? prefix.length() : prefix.length() + 1;
    return file.toString().substring(Math.min(skipped, file.toString().length()));
  }

  /** A step of the walk; it may fail. */
  @FunctionalInterface
  interface Step {

    /** Takes the step, and leaves further ones to other threads. */
    void run(Forks forks) throws IOException;
  }

  /** Takes a step and all that it leaves to other threads. */
  @FunctionalInterface
  interface Walk {

    /** Returns when all is done. */
    void take(Step first) throws IOException;
  }

  /** The steps that one step left to other threads. */
  static final class Forks {

    private final List<ForkJoinTask<Void>> forked = new ArrayList<>();

    /** Has a further step taken, from now on. */
    void fork(Step step) {
      forked.add(action(step).fork());
    }

    private void join() {
      for (int index = forked.size() - 1; index >= 0; index--) {
        forked.get(index).join();
      }
    }
  }

  @SuppressWarnings("serial") // never leaves this JVM
  private static RecursiveAction action(Step step) {
    return new RecursiveAction() {
      @Override
      protected void compute() {
        Forks forks = new Forks();
        try {
          step.run(forks);
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
        forks.join();
      }
    };
  }
}
