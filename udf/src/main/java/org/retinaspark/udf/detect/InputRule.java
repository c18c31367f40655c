package org.retinaspark.udf.detect;

import java.io.Serializable;

/**
 * How an image becomes one network input.
 *
 * @param scale how large
 * @param flip which way round
 * @param faces which of them the input is good for
 */
public record InputRule(Scale scale, Flip flip, FaceSizes faces) implements Serializable {

  /** What a buffer of Java holds, as floats of three channels. */
  private static final long PIXELS = Integer.MAX_VALUE / (3 * Float.BYTES);

  /**
   * An input whose sides are no longer than this doubts no face: faces are no larger than the
   * image. It is the size of the largest anchors of the PyTorch and InsightFace families.
   */
  private static final int WHOLE = 512;

  /** For faces of every size. */
  public InputRule(Scale scale, Flip flip) {
    this(scale, flip, FaceSizes.ANY);
  }

  /**
   * Where an image lies in its input. Half a pixel counts as one more; {@code cv2.resize} by a
   * factor takes the even number, so that a side may differ from the references' by one.
   *
   * @throws OversizedInputException if the input would have more pixels than can be held
   * @throws IllegalArgumentException if the image exceeds the size that the model declares
   */
  public Placement placement(int width, int height, InputSize size) {
    double factor = scale.factor(width, height);
    long wide = Math.max(1, Math.round(width * factor));
    long high = Math.max(1, Math.round(height * factor));
    if (wide > PIXELS || high > PIXELS || wide * high > PIXELS) {
      throw new OversizedInputException(
          ("the image of %dx%d would be a network input of %dx%d by the protocol's rule '%s', but"
                  + " one"
                  + " holds at most %d pixels: choose a protocol that makes less of it")
              .formatted(width, height, wide, high, this, PIXELS));
    }
    int contentWidth = (int) wide;
    int contentHeight = (int) high;
    int tensorWidth = size.width() == InputSize.DYNAMIC ? size.roundUp(contentWidth) : size.width();
    int tensorHeight =
        size.height() == InputSize.DYNAMIC ? size.roundUp(contentHeight) : size.height();
    boolean whole = Math.max(contentWidth, contentHeight) <= WHOLE;
    return new Placement(
        width,
        height,
        contentWidth,
        contentHeight,
        tensorWidth,
        tensorHeight,
        flip,
        whole ? FaceSizes.from(faces.smallest()) : faces);
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
    String placed = flip == Flip.NONE ? scale.toString() : scale + ", mirrored";
    return faces.equals(FaceSizes.ANY) ? placed : placed + ", " + faces;
  }

  /** What a model must take to serve the rule, for people. */
  String need() {
    return scale.longestSide().isEmpty()
        ? "inputs of any size"
        : "inputs of up to %1$dx%1$d".formatted(scale.longestSide().getAsInt());
  }
}
