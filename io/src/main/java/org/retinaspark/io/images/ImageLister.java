package org.retinaspark.io.images;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.UnusableLocationException;

/**
 * Lists the images of a file, a folder (with all folders below it) or a glob, on any file system
 * that Hadoop knows. Names that begin with {@code _} or {@code .} are hidden, as everywhere in
 * Hadoop.
 */
public final class ImageLister {

  private final Configuration hadoop;
  private final NameFilter filter;

  /** A lister that takes the files which the filter accepts. */
  public ImageLister(Configuration hadoop, NameFilter filter) {
    this.hadoop = hadoop;
    this.filter = filter;
  }

  /**
   * Lists an input.
   *
   * @throws UnusableLocationException if there is no such place, it can't be listed, or no image is
   *     below it
   */
  public ImageListing list(String input) {
    ImageListing listing;
    try {
      Path path = new Path(input);
      listing = list(path, path.getFileSystem(hadoop));
    } catch (IOException | IllegalArgumentException failure) {
      throw new UnusableLocationException(
          "input '%s' can't be listed (%s): nothing was read. Check the path and the access to it"
              .formatted(input, failure.getMessage()),
          failure);
    }
    if (listing.images().isEmpty()) {
      throw new UnusableLocationException(
          ("input '%s' has no images: nothing was done. %d files were passed over, since only names"
                  + " that end in one of %s count; --extensions takes others, or 'any'")
              .formatted(input, listing.passedOver(), filter));
    }
    return listing;
  }

  private ImageListing list(Path input, FileSystem files) throws IOException {
    Path qualified = files.makeQualified(input);
    FileStatus literal = status(files, qualified);
    if (literal != null && literal.isDirectory()) {
      return gather(files, qualified, new FileStatus[] {literal});
    }
    if (literal != null) {
      return new ImageListing(List.of(image(literal, qualified.getParent())), 0);
    }
    FileStatus[] matches = files.globStatus(qualified);
    if (matches == null || matches.length == 0) {
      throw new FileNotFoundException("there is no such file or folder, and no match for a glob");
    }
    return gather(files, fixedPart(qualified), matches);
  }

  private ImageListing gather(FileSystem files, Path root, FileStatus[] starts) throws IOException {
    SortedMap<String, ImageFile> images = new TreeMap<>();
    long passedOver = 0;
    for (FileStatus start : starts) {
      if (start.isFile()) {
        add(images, image(start, root));
        continue;
      }
      FileWalk below = FileWalk.below(start.getPath(), files);
      while (below.hasNext()) {
        FileStatus file = below.next();
        if (hidden(file.getPath(), start.getPath())) {
          continue;
        }
        if (filter.accepts(file.getPath().getName())) {
          add(images, image(file, root));
        } else {
          passedOver++;
        }
      }
    }
    return new ImageListing(List.copyOf(images.values()), passedOver);
  }

  /** The matches of a glob may lie below each other, and then meet a file twice. */
  private static void add(SortedMap<String, ImageFile> images, ImageFile image) {
    images.put(image.image(), image);
  }

  private static @Nullable FileStatus status(FileSystem files, Path path) throws IOException {
    try {
      return files.getFileStatus(path);
    } catch (FileNotFoundException absent) {
      return null;
    }
  }

  private static ImageFile image(FileStatus file, Path root) {
    String etag = file instanceof EtagSource source ? source.getEtag() : null;
    return new ImageFile(
        below(file.getPath(), root),
        file.getPath().toString(),
        file.getLen(),
        file.getModificationTime(),
        etag);
  }

  private static boolean hidden(Path file, Path start) {
    for (String name : below(file, start).split("/", -1)) {
      if (name.startsWith("_") || name.startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static String below(Path file, Path root) {
    String prefix = root.toString();
    int skipped = prefix.endsWith("/") ? prefix.length() : prefix.length() + 1;
    return file.toString().substring(skipped);
  }

  /** The folders of a glob before its first wildcard. */
  private static Path fixedPart(Path glob) {
    Path fixed = glob;
    while (fixed.toUri().getPath().matches(".*[*?\\[{\\\\].*") && fixed.getParent() != null) {
      fixed = fixed.getParent();
    }
    return fixed;
  }
}
