package org.retinaspark.udf.onnx;

import java.util.List;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.Pixels;

/**
 * The single input of a detector, {@code [batch, 3, height, width]} of floats.
 *
 * @param name its name
 * @param size its declared size
 */
record ModelInput(String name, InputSize size) {

  private static final int RANK = 4;
  private static final List<Integer> SIZED_AXES = List.of(0, 2, 3);

  /** An image of 8192 x 8192, or a batch as large. */
  private static final double MOST_VALUES = Pixels.CHANNELS * 8192.0 * 8192.0;

  /**
   * Finds it.
   *
   * @throws UnknownModelException if the model has another number or kind of inputs
   */
  static ModelInput of(OnnxFile file) {
    ModelSignature signature = file.signature();
    List<TensorSignature> inputs = signature.inputs();
    if (inputs.size() != 1) {
      throw unknown(file, "it has %d inputs, not one".formatted(inputs.size()));
    }
    TensorSignature input = inputs.get(0);
    if (!input.isFloat()) {
      throw unknown(file, "its input is %s, not float".formatted(input.typeText()));
    }
    boolean channels =
        input.size(1) == Pixels.CHANNELS || input.size(1) == TensorSignature.Axis.OPEN;
    if (input.rank() != RANK || !channels) {
      throw unknown(
          file, "its input is %s, not [batch, 3, height, width]".formatted(input.shapeText()));
    }
    double values = Pixels.CHANNELS;
    for (int axis : SIZED_AXES) {
      values *= Math.max(1, input.size(axis));
    }
    if (values > MOST_VALUES) {
      throw unknown(file, "its input of %s is absurdly large".formatted(input.shapeText()));
    }
    return new ModelInput(
        input.name(), new InputSize(length(input, 0), length(input, 2), length(input, 3)));
  }

  private static int length(TensorSignature input, int axis) {
    long size = input.size(axis);
    return size == TensorSignature.Axis.OPEN ? InputSize.DYNAMIC : (int) size;
  }

  private static UnknownModelException unknown(OnnxFile file, String reason) {
    return new UnknownModelException(file.name(), reason, file.signature());
  }
}
