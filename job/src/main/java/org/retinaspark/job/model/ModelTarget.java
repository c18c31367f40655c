package org.retinaspark.job.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.retinaspark.io.Destination;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.io.WholeFile;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.UsageException;

/**
 * The file that a model is written to.
 *
 * @param file where it will be
 * @param policy whether one that is there is replaced
 */
public record ModelTarget(Path file, WritePolicy policy) {

  /**
   * Tries writing before any work is done.
   *
   * @param source the file that is read, which must be another
   * @throws UsageException if the file exists, is the source or can't be written
   */
  void require(Optional<Path> source) throws IOException {
    if (file.toAbsolutePath().getParent() == null || Files.isDirectory(file)) {
      throw new UsageException(
          "-o '%s' is a folder: nothing was done. Name the file to write".formatted(file));
    }
    Destination destination = new Destination(LocalDisk.location(file), new Configuration());
    source.ifPresent(path -> destination.requireNot(LocalDisk.location(path)));
    destination.tryWriting(new org.apache.hadoop.fs.Path(folder().toUri()));
    if (policy == WritePolicy.CREATE && Files.exists(file)) {
      throw new UsageException(
          "'%s' exists already: nothing was done. Choose another -o, or give --overwrite"
              .formatted(file));
    }
  }

  /** Writes it: it is there as a whole or not at all. */
  void write(byte[] onnx) throws IOException {
    Files.createDirectories(folder());
    new WholeFile(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration())
        .write(out -> out.write(onnx));
  }

  private Path folder() {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }
}
