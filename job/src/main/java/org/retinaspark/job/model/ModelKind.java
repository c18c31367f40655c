package org.retinaspark.job.model;

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

  boolean isMesh() {
    return this == MESH;
  }
}
