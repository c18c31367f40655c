package org.retinaspark.io.images;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Gathers the units below one root; many threads may add to it. */
final class FoundFiles {

  private final Path root;
  private final String prefix;
  private final Map<FileFormat, ImageRoot> roots = new EnumMap<>(FileFormat.class);
  private final List<ImageFile> files = new ArrayList<>();
  private long passedOver;

  FoundFiles(Path root) {
    this.root = root;
    this.prefix = root.toString().endsWith("/") ? root.toString() : root + "/";
  }

  /** Adds a file. */
  void add(FileStatus file, FileFormat format) {
    add(file, Optional.of(format));
  }

  /** Adds a file, or counts it as passed over if it has no format. */
  synchronized void add(FileStatus file, Optional<FileFormat> format) {
    if (format.isEmpty()) {
      passedOver++;
      return;
    }
    ImageRoot shared = roots.computeIfAbsent(format.get(), absent -> new ImageRoot(prefix, absent));
    String etag = file instanceof EtagSource source ? source.getEtag() : null;
    ImageFile whole =
        ImageFile.listed(
            shared, below(file.getPath(), root), file.getLen(), file.getModificationTime(), etag);
    files.addAll(whole.parts());
  }

  /** Leaves the archives out where loose images lie: often both hold the same. */
  void preferImages() {
    if (roots.containsKey(FileFormat.IMAGE)) {
      int all = files.size();
      files.removeIf(file -> file.root().format() != FileFormat.IMAGE);
      passedOver += all - files.size();
    }
  }

  /**
   * The units, each once: the matches of a glob may lie below each other, and meet a file twice.
   */
  List<ImageFile> files() {
    files.sort(Comparator.comparing(ImageFile::image));
    List<ImageFile> once = new ArrayList<>(files.size());
    for (ImageFile file : files) {
      if (once.isEmpty() || !once.get(once.size() - 1).image().equals(file.image())) {
        once.add(file);
      }
    }
    return once;
  }

  long passedOver() {
    return passedOver;
  }

  /** A file's path below a folder. */
  static String below(Path file, Path folder) {
    String prefix = folder.toString();
    int skipped = prefix.endsWith("/") ? prefix.length() : prefix.length() + 1;
    return file.toString().substring(skipped);
  }
}
