package org.retinaspark.udf.train.view;

import java.util.OptionalInt;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.Scale;

/**
 * A multiple of the image's size, or less where the input would have too many pixels, or wouldn't
 * fit the model.
 *
 * @param multiple of the image's width and height
 * @param mostPixels of the input
 * @param size that the model takes
 */
record BoundedScale(double multiple, long mostPixels, InputSize size) implements Scale {

  @Override
  public double factor(int width, int height) {
    double factor = Math.min(multiple, Math.sqrt((double) mostPixels / width / height));
    factor = Math.min(factor, fitting(size.width(), width));
    return Math.min(factor, fitting(size.height(), height));
  }

  private static double fitting(int allowed, int side) {
    return allowed == InputSize.DYNAMIC ? Double.POSITIVE_INFINITY : (double) allowed / side;
  }

  @Override
  public OptionalInt longestSide() {
    return OptionalInt.empty();
  }
}
