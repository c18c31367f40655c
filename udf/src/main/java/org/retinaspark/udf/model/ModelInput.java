package org.retinaspark.udf.model;

import java.util.List;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.graph.ModelSignature;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.input.TensorLayout;

/**
 * The single input of a detector.
 *
 * @param name its name
 * @param layout how it is laid out, which its type and its axes tell
 * @param size its declared size
 */
record ModelInput(String name, TensorLayout layout, InputSize size) {

  private static final int RANK = 4;

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
    if (input.rank() != RANK) {
      throw unknown(
          file,
          "its input '%s' is %s: of %d axes, not the %d of a batch of images in colour"
              .formatted(Printable.text(input.name()), input.shapeText(), input.rank(), RANK));
    }
    TensorLayout layout = layout(file, input);
    int channels = channelAxis(layout);
    double values = Pixels.CHANNELS;
    for (int axis = 0; axis < RANK; axis++) {
      values *= axis == channels ? 1 : Math.max(1, input.size(axis));
    }
    if (values > MOST_VALUES) {
      throw unknown(file, "its input of %s is absurdly large".formatted(input.shapeText()));
    }
    int height = channels == 1 ? 2 : 1;
    return new ModelInput(
        input.name(),
        layout,
        new InputSize(length(input, 0), length(input, height), length(input, height + 1), 1));
  }

  /** By the axis that has three channels; by the first that may, where none says so. */
  private static TensorLayout layout(OnnxFile file, TensorSignature input) {
    List<TensorLayout> possible;
    if (input.isFloat()) {
      possible = List.of(TensorLayout.PLANES, TensorLayout.INTERLEAVED);
    } else if (input.isUnsignedByte()) {
      possible = List.of(TensorLayout.PIXELS);
    } else {
      throw unknown(
          file,
          "its input '%s' is %s, not float or uint8"
              .formatted(Printable.text(input.name()), input.typeText()));
    }
    for (long channels : List.of((long) Pixels.CHANNELS, TensorSignature.Axis.OPEN)) {
      for (TensorLayout layout : possible) {
        if (input.size(channelAxis(layout)) == channels) {
          return layout;
        }
      }
    }
    throw unknown(
        file,
        "its input '%s' is %s, not %s"
            .formatted(
                Printable.text(input.name()),
                input.shapeText(),
                input.isFloat()
                    ? "[batch, 3, height, width] or [batch, height, width, 3]"
                    : "[batch, height, width, 3] as pixels are"));
  }

  private static int channelAxis(TensorLayout layout) {
    return switch (layout) {
      case PLANES -> 1;
      case INTERLEAVED, PIXELS -> RANK - 1;
    };
  }

  private static int length(TensorSignature input, int axis) {
    long size = input.size(axis);
    return size == TensorSignature.Axis.OPEN ? InputSize.DYNAMIC : (int) size;
  }

  private static UnknownModelException unknown(OnnxFile file, String reason) {
    return new UnknownModelException(file.name(), reason, file.signature());
  }
}
