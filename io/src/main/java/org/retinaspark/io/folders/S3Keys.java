package org.retinaspark.io.folders;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.Invoker;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.store.audit.AuditSpan;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects below a prefix of an S3 bucket, listed in ranges of their keys. S3 gives a thousand
 * keys a request, and each request needs the last key of the one before; but it can begin anywhere.
 * So a range with more than a page left is cut in two whenever a thread is idle, at a key that a
 * request for a single key has shown to have others behind it.
 */
final class S3Keys {

  /** Requests for a single key that one cut may take. */
  private static final int PROBES = 24;

  private static final int LARGEST_PAGE = 1000;

  private final S3AFileSystem files;
  private final S3Client client;
  private final String root;
  private final String prefix;
  private final int pageSize;
  private final int threads;
  private final FolderTree.Visitor visitor;
  private final AtomicInteger ranges = new AtomicInteger();

  private S3Keys(
      S3AFileSystem files, Path root, Path folder, int threads, FolderTree.Visitor visitor) {
    this.files = files;
    this.client = files.getS3AInternals().getAmazonS3Client("listing in ranges");
    this.root = prefix(files, root);
    this.prefix = prefix(files, folder);
    this.pageSize =
        Math.min(LARGEST_PAGE, files.getConf().getInt("fs.s3a.paging.maximum", LARGEST_PAGE));
    this.threads = threads;
    this.visitor = visitor;
  }

  private static String prefix(S3AFileSystem files, Path folder) {
    String key = files.pathToKey(folder);
    return key.isEmpty() ? "" : key + "/";
  }

  /**
   * A walk of so many threads over the objects below a folder, whose paths are told below the root;
   * empty if the file system isn't Hadoop's for S3, its store has no version 2 of listing, or it
   * hides the true length of objects that are encrypted here.
   */
  static Optional<S3Keys> of(
      FileSystem files, Path root, Path folder, int threads, FolderTree.Visitor visitor) {
    boolean plain =
        files.getConf().getInt("fs.s3a.list.version", 2) == 2
            && !files.getConf().get("fs.s3a.encryption.algorithm", "").startsWith("CSE");
    return plain && files instanceof S3AFileSystem s3
        ? Optional.of(new S3Keys(s3, root, folder, threads, visitor))
        : Optional.empty();
  }

  /** Visits all objects. */
  void visit(FolderTree.Forks forks) throws IOException {
    visit(new KeyRange(prefix, null), forks);
  }

  private void visit(KeyRange whole, FolderTree.Forks forks) throws IOException {
    KeyRange range = whole;
    ranges.incrementAndGet();
    try (AuditSpan span = files.createSpan("list_ranges", prefix, null)) {
      while (true) {
        ListObjectsV2Response page = list(range.after(), pageSize);
        for (S3Object object : page.contents()) {
          if (!range.reaches(object.key())) {
            return;
          }
          accept(object);
        }
        if (!Boolean.TRUE.equals(page.isTruncated())) {
          return;
        }
        range = range.from(page.contents().get(page.contents().size() - 1).key());
        if (ranges.get() < threads) {
          range = cut(range, forks);
        }
      }
    } finally {
      ranges.decrementAndGet();
    }
  }

  /** Has another thread visit the upper part of a range, if it has one, and gives the rest. */
  private KeyRange cut(KeyRange whole, FolderTree.Forks forks) throws IOException {
    KeyRange range = whole;
    for (int probe = 0; probe < PROBES; probe++) {
      Optional<String> middle = range.middle(prefix.length());
      if (middle.isEmpty()) {
        return range;
      }
      ListObjectsV2Response above = list(middle.get(), 1);
      if (!above.contents().isEmpty() && range.reaches(above.contents().get(0).key())) {
        KeyRange upper = range.from(middle.get());
        forks.fork(further -> visit(upper, further));
        return range.upTo(middle.get());
      }
      range = range.upTo(middle.get());
    }
    return range;
  }

  private ListObjectsV2Response list(String after, int keys) throws IOException {
    return Invoker.once(
        "list",
        prefix,
        () ->
            client.listObjectsV2(
                files
                    .getRequestFactory()
                    .newListObjectsV2RequestBuilder(prefix, null, keys)
                    .startAfter(after.isEmpty() ? null : after)
                    .build()));
  }

  private void accept(S3Object object) throws IOException {
    String path = object.key().substring(root.length());
    if (!object.key().endsWith("/")) {
      visitor.accept(
          new FoundFile(path, object.size(), object.lastModified().toEpochMilli(), object.eTag()));
    }
  }
}
