package org.retinaspark.job.model;

import org.retinaspark.job.UsageException;
import org.retinaspark.udf.dense.MeshRecognition;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.model.UnknownModelException;
import org.retinaspark.udf.tflite.TfliteImport;

/** What a file is taken for before anything is done with it. */
enum ModelKind {
  /** A detector, or nothing that is understood: the recognition of detectors says what. */
  DETECTOR,
  /** A network for meshes or landmarks. */
  MESH;

  /**
   * Looks at a file. No detector that is understood comes as TFLite.
   *
   * @throws InvalidModelException if it is no usable model
   */
  static ModelKind of(byte[] content, String name) {
    if (TfliteImport.isTflite(content)) {
      return MESH;
    }
    try {
      MeshRecognition.describe(content, name);
      return MESH;
    } catch (UnknownModelException other) {
      return DETECTOR;
    }
  }

  /** What to say of a file that isn't understood, as a detector or, where it is TFLite, a mesh. */
  static UsageException unknown(byte[] content, UnknownModelException unknown) {
    String message = String.valueOf(unknown.getMessage());
    return new UsageException(
        TfliteImport.isTflite(content)
            ? message
            : "%s%nNor is it one for --mesh-model, of which are understood%n%s"
                .formatted(message, MeshRecognition.understood().stripTrailing()),
        unknown);
  }

  /** What to say of a network for meshes that options for detectors come with. */
  static UsageException misplacedOptions(String file) {
    return new UsageException(
        ("'%s' is a network for meshes or landmarks, and --family, --landmark-scale,"
                + " --class-output and --fold-preprocessing are for detectors: nothing was done."
                + " Leave them out")
            .formatted(file));
  }

  boolean isMesh() {
    return this == MESH;
  }
}
