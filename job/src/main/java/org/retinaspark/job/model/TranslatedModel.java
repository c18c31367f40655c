package org.retinaspark.job.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.udf.dense.file.MeshImport;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.model.RecognitionOptions;

/**
 * A TFLite file with the ONNX file that is made of it beside it.
 *
 * @param tflite the source
 * @param sha256 its digest
 */
record TranslatedModel(Path tflite, String sha256) {

  /**
   * Where the ONNX file is. It is made where there is none, or one that can't be read or doesn't
   * say that it is this translation of this file. Of two processes at once, either leaves a whole
   * one.
   */
  Path onnx() {
    String name = tflite.getFileName().toString().replaceFirst("\\.tflite$", "");
    Path onnx = tflite.resolveSibling(name + ".onnx");
    if (!isMadeOfIt(onnx)) {
      try {
        new ImportAction(
                tflite,
                onnx,
                WritePolicy.OVERWRITE,
                RecognitionOptions.BY_FILE,
                Preprocessing.AS_IS)
            .execute();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return onnx;
  }

  private boolean isMadeOfIt(Path onnx) {
    if (!Files.isRegularFile(onnx)) {
      return false;
    }
    try {
      Map<String, String> said = OnnxFile.parse(ModelFile.content(onnx), "cached").metadata();
      return sha256.equals(said.get(ModelImport.SOURCE_SHA256))
          && MeshImport.FROM_TFLITE.equals(said.get(MeshImport.TRANSLATION));
    } catch (InvalidModelException damaged) {
      return false;
    }
  }
}
