package org.retinaspark.job.model;

import java.util.List;
import org.retinaspark.udf.dense.MeshModel;
import org.retinaspark.udf.dense.file.MeshImport;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelImport;

/**
 * What an import made.
 *
 * @param onnx the bytes of the file; shared, not copied
 * @param changes what was changed, in words; empty where nothing had to be
 * @param text what the file is, in one line
 */
public record ImportedModel(byte[] onnx, List<String> changes, String text) {

  /** Keeps an unmodifiable list. */
  public ImportedModel {
    changes = List.copyOf(changes);
  }

  static ImportedModel of(ModelImport detector) {
    ModelDescription model = detector.model();
    return new ImportedModel(
        detector.onnx(),
        detector.changes(),
        "%s, input %s"
            .formatted(model.family().name(), model.format().layout().text(model.size())));
  }

  static ImportedModel of(MeshImport mesh) {
    MeshModel model = mesh.model();
    return new ImportedModel(
        mesh.onnx(),
        mesh.changes(),
        "%s, any number of crops of %dx%d"
            .formatted(model.family().name(), model.crop().pixels(), model.crop().pixels()));
  }
}
