package org.retinaspark.io.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.function.Consumer;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * All files below a folder that aren't hidden, listed by many threads and handed on as they come.
 * Where folders are real, each is a task. An object store has none and lists whole trees a page a
 * request, page after page: there each of the folders right below the root is a task.
 */
final class FolderTree {

  /** Requests under way at once: a listing waits for the store, not for the processor. */
  private static final int THREADS = 16;

  /** With more folders than this, a request for each would cost more than one after the other. */
  private static final int SPLIT_LIMIT = 256;

  private final FileSystem files;
  private final Consumer<FileStatus> visitor;

  private FolderTree(FileSystem files, Consumer<FileStatus> visitor) {
    this.files = files;
    this.visitor = visitor;
  }

  /**
   * Visits the files.
   *
   * @param visitor is called by many threads at once
   * @throws IOException if a folder can't be listed
   */
  static void visit(FileSystem files, Path root, Consumer<FileStatus> visitor) throws IOException {
    FolderTree tree = new FolderTree(files, visitor);
    ForkJoinPool pool = new ForkJoinPool(THREADS);
    try {
      pool.invoke(
          files.hasPathCapability(root, CommonPathCapabilities.ETAGS_AVAILABLE)
              ? action(() -> tree.visitStore(root))
              : action(() -> tree.visitFolder(root)));
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    } finally {
      pool.shutdownNow();
    }
  }

  private void visitFolder(Path folder) throws IOException {
    List<RecursiveAction> below = new ArrayList<>();
    for (Path child : visitLevel(folder)) {
      below.add(action(() -> visitFolder(child)));
    }
    ForkJoinTask.invokeAll(below);
  }

  private void visitStore(Path root) throws IOException {
    List<Path> folders = visitLevel(root);
    if (folders.size() > SPLIT_LIMIT) {
      visitAll(root, root);
      return;
    }
    List<RecursiveAction> below = new ArrayList<>();
    for (Path folder : folders) {
      below.add(action(() -> visitAll(folder, root)));
    }
    ForkJoinTask.invokeAll(below);
  }

  /** Visits the files right in a folder, and gives the folders in it. */
  private List<Path> visitLevel(Path folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    RemoteIterator<FileStatus> entries = files.listStatusIterator(folder);
    while (entries.hasNext()) {
      FileStatus entry = entries.next();
      if (NameFilter.hides(entry.getPath().getName())) {
        continue;
      }
      if (entry.isDirectory()) {
        folders.add(entry.getPath());
      } else {
        visitor.accept(entry);
      }
    }
    return folders;
  }

  /** Visits what is below a folder, except the files right in the root, which were visited. */
  private void visitAll(Path folder, Path root) throws IOException {
    RemoteIterator<? extends FileStatus> entries = files.listFiles(folder, true);
    while (entries.hasNext()) {
      FileStatus entry = entries.next();
      String path = FoundFiles.below(entry.getPath(), root);
      if (path.contains("/") && !NameFilter.hides(path)) {
        visitor.accept(entry);
      }
    }
  }

  /** A step of the walk; it may fail. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  @SuppressWarnings("serial") // never leaves this JVM
  private static RecursiveAction action(Step step) {
    return new RecursiveAction() {
      @Override
      protected void compute() {
        try {
          step.run();
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
    };
  }
}
