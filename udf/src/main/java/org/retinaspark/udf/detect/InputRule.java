package org.retinaspark.udf.detect;

import java.io.Serializable;

/**
 * How an image becomes one network input.
 *
 * @param scale how large
 * @param flip which way round
 */
public record InputRule(Scale scale, Flip flip) implements Serializable {

  /**
   * Where an image lies in its input.
   *
   * @throws ArithmeticException if the input would have more than 2^31 columns or rows
   * @throws IllegalArgumentException if the image exceeds the size that the model declares
   */
  Placement placement(int width, int height, InputSize size) {
    double factor = scale.factor(width, height);
    int contentWidth = Math.max(1, (int) Math.round(width * factor));
    int contentHeight = Math.max(1, (int) Math.round(height * factor));
    int tensorWidth = size.width() == InputSize.DYNAMIC ? size.roundUp(contentWidth) : size.width();
    int tensorHeight =
        size.height() == InputSize.DYNAMIC ? size.roundUp(contentHeight) : size.height();
    return new Placement(
        width, height, contentWidth, contentHeight, tensorWidth, tensorHeight, flip);
  }

  /** Whether any image that follows the rule fits the size that a model declares. */
  boolean isServedBy(InputSize size) {
    return isServedBy(size.width()) && isServedBy(size.height());
  }

  private boolean isServedBy(int side) {
    return side == InputSize.DYNAMIC || side >= scale.longestSide().orElse(Integer.MAX_VALUE);
  }

  /** For people, as {@code _run.json} has it. */
  @Override
  public String toString() {
    return flip == Flip.NONE ? scale.toString() : scale + ", mirrored";
  }

  /** What a model must take to serve the rule, for people. */
  String need() {
    return scale.longestSide().isEmpty()
        ? "inputs of any size"
        : "inputs of up to %1$dx%1$d".formatted(scale.longestSide().getAsInt());
  }
}
