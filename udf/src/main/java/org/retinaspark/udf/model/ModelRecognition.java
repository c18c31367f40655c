package org.retinaspark.udf.model;

import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;

/**
 * Tells what a model is by its signature: the shapes of its inputs and outputs, never the name of
 * the file. Its metadata wins over that, and an explicit option over both.
 */
public final class ModelRecognition {

  private ModelRecognition() {}

  /**
   * Describes a model by its file alone.
   *
   * @param onnx the bytes of the file
   * @param name the name of the file, for messages and the description
   * @param options what wins over the file
   * @throws InvalidModelException if the file is no usable ONNX model, or its metadata is broken
   * @throws UnknownModelException if it is no face detector that is understood
   * @throws IllegalArgumentException if an option was given that the model's family can't follow
   */
  public static ModelDescription describe(byte[] onnx, String name, RecognitionOptions options) {
    return Recognised.of(OnnxFile.parse(onnx, name), options).description();
  }

  /**
   * Describes a model that the job can run, after having run it on the CPU: which sizes it takes is
   * what it showed, not what it declares.
   *
   * @param onnx the bytes of the file
   * @param name the name of the file, for messages and the description
   * @param options what wins over the file
   * @throws InvalidModelException if the file is no usable ONNX model, if its metadata is broken,
   *     or if it doesn't run on one image
   * @throws UnknownModelException if it is no face detector that is understood
   * @throws IllegalArgumentException if an option was given that the model's family can't follow
   */
  public static ModelDescription tried(byte[] onnx, String name, RecognitionOptions options) {
    ModelDescription model =
        Recognised.of(OnnxFile.parse(onnx, name), options).tried().description();
    if (model.size().batch() > 1) {
      throw new InvalidModelException(
          name,
          ("it takes exactly %d images in a run, and the job runs as many as wait: make the batch"
                  + " dynamic with 'model import FILE -o OUT'")
              .formatted(model.size().batch()));
    }
    return model;
  }
}
