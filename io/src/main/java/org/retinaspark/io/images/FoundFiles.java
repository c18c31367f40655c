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
import org.retinaspark.io.folders.FolderTree;
import org.retinaspark.io.folders.FoundFile;
import org.retinaspark.io.folders.PassedOver;
import org.retinaspark.io.folders.PassedOver.Reason;
import org.retinaspark.io.folders.PassedOverCounter;

/**
 * Judges what is found below one root: writes what gets a row to a file of units, and counts the
 * rest by reason. Many threads may tell it at once.
 */
final class FoundFiles implements FolderTree.Visitor, Closeable {

  private final Map<FileFormat, ImageRoot> roots = new EnumMap<>(FileFormat.class);
  private final Map<FileFormat, Long> counts = new EnumMap<>(FileFormat.class);
  private final ImageInputs inputs;
  private final UnitFile units;
  private final PassedOverCounter passedOver;

  /**
   * Nothing found yet.
   *
   * @param folder for the file of units
   * @param passedOver counts what gets no row
   */
  FoundFiles(
      ImageInputs inputs,
      Path root,
      Path folder,
      PassedOverCounter passedOver,
      Configuration hadoop)
      throws IOException {
    this.inputs = inputs;
    this.passedOver = passedOver;
    String prefix = root.toString().endsWith("/") ? root.toString() : root + "/";
    for (FileFormat format : FileFormat.values()) {
      roots.put(format, new ImageRoot(prefix, format));
    }
    units = new UnitFile(folder, hadoop);
  }

  /** Takes a file that was met in a folder, if it is one of those looked for. */
  @Override
  public void accept(FoundFile file) throws IOException {
    Optional<Reason> reason = reason(file);
    if (reason.isPresent()) {
      passedOver.add(reason.get(), file.path());
    } else {
      add(file, inputs.format().met(file.name()).orElseThrow());
    }
  }

  /** Why a file that is met in a folder gets no row. */
  Optional<Reason> reason(FoundFile file) {
    Optional<FileFormat> format = inputs.format().met(file.name());
    return format.equals(Optional.of(FileFormat.IMAGE))
        ? inputs.filter().passesOver(file.path())
        : NameFilter.hides(file.path())
            .or(() -> format.isPresent() ? Optional.empty() : Optional.of(Reason.ENDING));
  }

  @Override
  public void passOver(Reason reason, String path) {
    passedOver.add(reason, path);
  }

  /** Takes a file that the user names, whatever its name. */
  void acceptNamed(FoundFile file) throws IOException {
    add(file, inputs.format().named(file.name()));
  }

  private void add(FoundFile file, FileFormat format) throws IOException {
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

  @Override
  public void close() throws IOException {
    units.close();
  }
}
