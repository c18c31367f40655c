package org.retinaspark.job.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.dense.file.MeshImport;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.ModelImportException;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.model.UnknownModelException;

/**
 * Makes of a detector one that takes images of any size in batches of any size, of a network for
 * meshes or landmarks one that takes crops in batches of any size, and says what it is.
 */
public final class ImportAction {

  private final Path source;
  private final ModelTarget target;
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
    this.target = new ModelTarget(target, policy);
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
  public ImportedModel execute() throws IOException {
    target.require(Optional.of(source));
    ImportedModel imported = imported(ModelFile.content(source));
    target.write(imported.onnx());
    return imported;
  }

  private ImportedModel imported(byte[] content) {
    String name = source.getFileName().toString();
    try {
      if (!ModelKind.of(content, name).isMesh()) {
        return ImportedModel.of(ModelImport.of(content, name, recognition, preprocessing));
      }
      if (!recognition.equals(RecognitionOptions.BY_FILE) || preprocessing != Preprocessing.AS_IS) {
        throw ModelKind.misplacedOptions(name);
      }
      return ImportedModel.of(MeshImport.of(content, name));
    } catch (UnknownModelException unknown) {
      throw ModelKind.unknown(content, unknown);
    } catch (InvalidModelException | ModelImportException | IllegalArgumentException unusable) {
      throw new UsageException(unusable.getMessage(), unusable);
    }
  }
}
