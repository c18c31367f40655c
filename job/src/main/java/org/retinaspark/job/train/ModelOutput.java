package org.retinaspark.job.train;

import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.Destination;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.WholeFile;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.UsageException;

/**
 * The file that the fitted model is written to, on any file system of Hadoop.
 *
 * @param location as the user has it
 * @param policy whether one that is there is replaced
 */
record ModelOutput(String location, WritePolicy policy, Configuration hadoop) {

  /**
   * Tries writing before any work is done.
   *
   * @param model the file that is read, which must be another
   * @param labels where they are
   * @throws UsageException if the file exists, and may not
   * @throws org.retinaspark.io.UnusableLocationException if it is what is read, lies in a table of
   *     labels or can't be written
   * @throws IOException if the file system doesn't say
   */
  void requireWritable(String model, String labels) throws IOException {
    Destination destination = new Destination(location, hadoop);
    destination.requireNot(model);
    destination.requireOutside(labels);
    FileLocation file = FileLocation.of(location, hadoop);
    if (file.path().getParent() == null
        || (file.files().exists(file.path())
            && file.files().getFileStatus(file.path()).isDirectory())) {
      throw new UsageException(
          "--output '%s' is a folder: nothing was done. Name the file to write"
              .formatted(location));
    }
    if (policy == WritePolicy.CREATE && file.files().exists(file.path())) {
      throw new UsageException(
          "--output '%s' exists already: nothing was done. Choose another, or give --overwrite"
              .formatted(location));
    }
    destination.tryWriting(Objects.requireNonNull(file.path().getParent()));
  }

  /** What the file is called, without folders. */
  String name() {
    return new Path(location).getName();
  }

  /** Writes it: it is there as a whole or not at all. */
  void write(byte[] onnx) throws IOException {
    FileLocation file = FileLocation.of(location, hadoop);
    file.files().mkdirs(file.path().getParent());
    new WholeFile(file.path(), hadoop).write(out -> out.write(onnx));
  }
}
