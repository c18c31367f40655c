package org.retinaspark.io.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * All files below a folder, listed by many threads and handed on as they come. Where folders are
 * real, each is a task. An object store has none and lists whole trees a page a request, page after
 * page: there each of the folders right below the root is a task, and on S3 any range of keys may
 * be ({@link S3Keys}).
 */
final class FolderTree {

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

  /** Takes the files as they are found. */
  @FunctionalInterface
  interface Visitor {

    /** Takes a file; called by many threads at once. */
    void accept(FoundFile file) throws IOException;
  }

  /**
   * Visits the files.
   *
   * @throws IOException if a folder can't be listed, or the visitor fails
   */
  static void visit(FileSystem files, Path root, Visitor visitor) throws IOException {
    FolderTree tree = new FolderTree(files, root, visitor);
    ForkJoinPool pool = new ForkJoinPool(THREADS);
    try {
      pool.invoke(action(tree.first()));
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    } finally {
      pool.shutdownNow();
    }
  }

  private Step first() throws IOException {
    if (files instanceof LocalFileSystem) {
      LocalFolder folder = new LocalFolder(java.nio.file.Path.of(root.toUri().getPath()), visitor);
      return forks -> visitLocal(folder, forks);
    }
    if (files.getUri().getScheme().equals("s3a")) {
      // Named only here, since Hadoop's classes for S3 need not be there for other inputs.
      Optional<S3Keys> keys = S3Keys.of(files, root, THREADS, visitor);
      if (keys.isPresent()) {
        return keys.get()::visit;
      }
    }
    return files.hasPathCapability(root, CommonPathCapabilities.ETAGS_AVAILABLE)
        ? this::visitStore
        : forks -> visitFolder(root, forks);
  }

  private void visitLocal(LocalFolder folder, Forks forks) throws IOException {
    for (LocalFolder child : folder.visit()) {
      forks.fork(further -> visitLocal(child, further));
    }
  }

  private void visitFolder(Path folder, Forks forks) throws IOException {
    for (Path child : visitLevel(folder)) {
      forks.fork(further -> visitFolder(child, further));
    }
  }

  private void visitStore(Forks forks) throws IOException {
    List<Path> folders = visitLevel(root);
    if (folders.size() > SPLIT_LIMIT) {
      visitAll(root);
      return;
    }
    for (Path folder : folders) {
      forks.fork(further -> visitAll(folder));
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

  /** Visits what is below a folder, except the files right in the root, which were visited. */
  private void visitAll(Path folder) throws IOException {
    RemoteIterator<? extends FileStatus> entries = files.listFiles(folder, true);
    while (entries.hasNext()) {
      FileStatus entry = entries.next();
      String path = below(entry.getPath(), root);
      if (path.contains("/")) {
        visitor.accept(FoundFile.of(entry, path));
      }
    }
  }

  /** A file's path below a folder; empty for the folder itself. */
  static String below(Path file, Path folder) {
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
