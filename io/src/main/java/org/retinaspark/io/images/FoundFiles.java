package org.retinaspark.io.images;

import java.io.Closeable;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes the units below one root to a file and counts them; many threads may add to it. */
final class FoundFiles implements Closeable {

  private final Map<FileFormat, ImageRoot> roots = new EnumMap<>(FileFormat.class);
  private final Map<FileFormat, Long> counts = new EnumMap<>(FileFormat.class);
  private final UnitFile units;
  private long passedOver;

  FoundFiles(Path root, Path folder, Configuration hadoop) throws IOException {
    String prefix = root.toString().endsWith("/") ? root.toString() : root + "/";
    for (FileFormat format : FileFormat.values()) {
      roots.put(format, new ImageRoot(prefix, format));
    }
    units = new UnitFile(folder, hadoop);
  }

  /** Adds a file, or counts it as passed over if it has no format. */
  void add(FoundFile file, Optional<FileFormat> format) throws IOException {
    synchronized (this) {
      if (format.isEmpty()) {
        passedOver++;
        return;
      }
      counts.merge(format.get(), 1L, Long::sum);
    }
    ImageFile whole =
        ImageFile.listed(
            Objects.requireNonNull(roots.get(format.get())),
            file.path(),
            file.length(),
            file.modified(),
            file.etag());
    for (ImageFile part : whole.parts()) {
      units.add(part);
    }
  }

  /** Leaves the archives out where loose images lie: often both hold the same. */
  void preferImages() {
    if (counts.containsKey(FileFormat.IMAGE)) {
      long all = count();
      counts.keySet().retainAll(Set.of(FileFormat.IMAGE));
      passedOver += all - count();
    }
  }

  /** What there are files of. */
  Set<FileFormat> formats() {
    return counts.keySet();
  }

  /** How many files there are. */
  long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  long passedOver() {
    return passedOver;
  }

  @Override
  public void close() throws IOException {
    units.close();
  }
}
