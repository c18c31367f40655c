package org.retinaspark.io.images;

import java.io.Closeable;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.images.PassedOver.Reason;

/** Writes the units below one root to a file and counts them; many threads may add to it. */
final class FoundFiles implements Closeable {

  private final Map<FileFormat, ImageRoot> roots = new EnumMap<>(FileFormat.class);
  private final Map<FileFormat, Long> counts = new EnumMap<>(FileFormat.class);
  private final UnitFile units;
  private final PassedOverCounter passedOver = new PassedOverCounter();

  FoundFiles(Path root, Path folder, Configuration hadoop) throws IOException {
    String prefix = root.toString().endsWith("/") ? root.toString() : root + "/";
    for (FileFormat format : FileFormat.values()) {
      roots.put(format, new ImageRoot(prefix, format));
    }
    units = new UnitFile(folder, hadoop);
  }

  /** Adds a file. */
  void add(FoundFile file, FileFormat format) throws IOException {
    synchronized (this) {
      counts.merge(format, 1L, Long::sum);
    }
    ImageFile whole =
        ImageFile.listed(
            Objects.requireNonNull(roots.get(format)),
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
      long archives = all - count();
      if (archives > 0) {
        passedOver.add(new PassedOver(Map.of(Reason.ARCHIVE, archives), Map.of(), Map.of()));
      }
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

  /** Counts what isn't added. */
  PassedOverCounter passedOver() {
    return passedOver;
  }

  @Override
  public void close() throws IOException {
    units.close();
  }
}
