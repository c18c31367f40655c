package org.retinaspark.job.model;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.dense.MeshModel;
import org.retinaspark.udf.dense.MeshRecognition;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.model.UnknownModelException;
import org.retinaspark.udf.tflite.TfliteImport;

/**
 * A file of a network that looks at one face at a time, which was read and understood.
 *
 * @param content the ONNX file
 * @param model what it is
 */
public record MeshModelFile(byte[] content, MeshModel model) {

  /**
   * Reads a model.
   *
   * @throws UsageException if the file can't be read or isn't understood
   */
  public static MeshModelFile read(String location, Configuration hadoop) {
    byte[] content =
        ModelFile.content(
            location,
            hadoop,
            "Give an ONNX file with --mesh-model FILE, or leave it out for faces without meshes");
    String name = new Path(location).getName();
    if (TfliteImport.isTflite(content)) {
      throw new UsageException(
          ("model '%s' is TFLite, and a run takes ONNX: nothing was done. Make ONNX of it with"
                  + " 'model import %s -o OUT.onnx', and give that")
              .formatted(location, location));
    }
    try {
      return new MeshModelFile(content, MeshRecognition.describe(content, name));
    } catch (UnknownModelException unknown) {
      throw new UsageException(
          detector(content, name)
              .map(MeshModelFile::misplaced)
              .orElse(String.valueOf(unknown.getMessage())),
          unknown);
    } catch (InvalidModelException | IllegalArgumentException unusable) {
      throw new UsageException(unusable.getMessage(), unusable);
    }
  }

  /** What a file is that was taken for a detector, if it is one of these. */
  static Optional<MeshModel> recognised(byte[] content, String name) {
    try {
      return Optional.of(MeshRecognition.describe(content, name));
    } catch (UnknownModelException | InvalidModelException | IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static Optional<ModelDescription> detector(byte[] content, String name) {
    try {
      return Optional.of(ModelRecognition.describe(content, name, RecognitionOptions.BY_FILE));
    } catch (UnknownModelException | InvalidModelException | IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static String misplaced(ModelDescription detector) {
    return ("model '%s' looks for faces in images (family %s), and not at one face at a time as"
            + " that of --mesh-model has to: nothing was done. Give it with --model, and with"
            + " --mesh-model a network of meshes or points, such as mediapipe-face-mesh")
        .formatted(detector.name(), detector.family().name());
  }
}
