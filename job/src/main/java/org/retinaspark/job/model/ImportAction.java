package org.retinaspark.job.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.retinaspark.io.Destination;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.io.WholeFile;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.ModelImportException;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.model.UnknownModelException;

/**
 * Makes of a model one that takes images of any size in batches of any size, and says what it is.
 */
public final class ImportAction {

  private final Path source;
  private final Path target;
  private final WritePolicy policy;
  private final RecognitionOptions recognition;
  private final Preprocessing preprocessing;

  /** An action that does nothing yet. */
  public ImportAction(
      Path source,
      Path target,
      WritePolicy policy,
      RecognitionOptions recognition,
      Preprocessing preprocessing) {
    this.source = source;
    this.target = target;
    this.policy = policy;
    this.recognition = recognition;
    this.preprocessing = preprocessing;
  }

  /**
   * Writes the model; the file is there as a whole or not at all.
   *
   * @throws UsageException if the source can't be read, isn't understood or can't be made dynamic,
   *     or the target exists
   * @throws IOException if the target can't be written
   */
  public ModelImport execute() throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new UsageException(
          "-o '%s' is a folder: nothing was done. Name the file to write".formatted(target));
    }
    Destination destination = new Destination(LocalDisk.location(target), new Configuration());
    destination.requireNot(LocalDisk.location(source));
    destination.tryWriting(new org.apache.hadoop.fs.Path(folder.toUri()));
    if (policy == WritePolicy.CREATE && Files.exists(target)) {
      throw new UsageException(
          "'%s' exists already: nothing was done. Choose another -o, or give --overwrite"
              .formatted(target));
    }
    ModelImport imported = imported(ModelFile.content(source));
    Files.createDirectories(folder);
    new WholeFile(new org.apache.hadoop.fs.Path(target.toUri()), new Configuration())
        .write(out -> out.write(imported.onnx()));
    return imported;
  }

  private ModelImport imported(byte[] content) {
    try {
      return ModelImport.of(content, source.getFileName().toString(), recognition, preprocessing);
    } catch (UnknownModelException
        | InvalidModelException
        | ModelImportException
        | IllegalArgumentException unusable) {
      throw new UsageException(unusable.getMessage(), unusable);
    }
  }
}
