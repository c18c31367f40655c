package org.retinaspark.udf.dense;

import java.util.List;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.input.TensorLayout;

/**
 * The single input of a network that takes crops.
 *
 * @param name its name
 * @param layout how it is laid out, which its axes tell
 * @param pixels side of the crop
 * @param batch crops in a run, or {@link TensorSignature.Axis#OPEN}
 */
record CropInput(String name, TensorLayout layout, int pixels, long batch) {

  private static final int RANK = 4;
  private static final int MOST_PIXELS = 1024;

  /**
   * Finds it.
   *
   * @throws org.retinaspark.udf.model.UnknownModelException if the model has another number or kind
   *     of inputs
   */
  static CropInput of(OnnxFile file) {
    List<TensorSignature> inputs = file.signature().inputs();
    if (inputs.size() != 1) {
      throw MeshRecognition.unknown(file, "it has %d inputs, not one".formatted(inputs.size()));
    }
    TensorSignature input = inputs.get(0);
    boolean planes = input.size(1) == Pixels.CHANNELS;
    long side = input.size(2);
    if (!input.isFloat()
        || input.rank() != RANK
        || input.size(planes ? 1 : RANK - 1) != Pixels.CHANNELS
        || input.size(planes ? RANK - 1 : 1) != side
        || side < 1
        || side > MOST_PIXELS) {
      throw MeshRecognition.unknown(
          file,
          "its input '%s' is %s %s, not one square crop of a declared size in colour, as floats"
              .formatted(Printable.text(input.name()), input.typeText(), input.shapeText()));
    }
    if (input.size(0) > 1) {
      throw MeshRecognition.unknown(
          file,
          "it takes exactly %d crops in a run, and the job runs as many as there are"
              .formatted(input.size(0)));
    }
    return new CropInput(
        input.name(),
        planes ? TensorLayout.PLANES : TensorLayout.INTERLEAVED,
        (int) side,
        input.size(0));
  }

  /** Whether any number of crops may go in together. */
  boolean isOpen() {
    return batch == TensorSignature.Axis.OPEN;
  }

  /** The axes of one crop, the batch included. */
  long[] shape() {
    return layout.shape(1, pixels, pixels);
  }

  /**
   * How many numbers an output has for one crop; {@link TensorSignature.Axis#OPEN} where its shape
   * isn't declared, or isn't one that a network can have.
   */
  long values(TensorSignature output) {
    if (output.rank() < 1) {
      return TensorSignature.Axis.OPEN;
    }
    long values = 1;
    for (int axis = isOpen() ? 1 : 0; axis < output.rank(); axis++) {
      long size = output.size(axis);
      if (size < 1 || size > Integer.MAX_VALUE / values) {
        return TensorSignature.Axis.OPEN;
      }
      values *= size;
    }
    return values;
  }
}
