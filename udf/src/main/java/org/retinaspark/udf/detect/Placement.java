package org.retinaspark.udf.detect;

/**
 * Where an image lies inside one network input: resized to {@code contentWidth x contentHeight},
 * its top-left corner at the tensor's, the rest filled with black pixels (letterbox at the top
 * left, as InsightFace does). A mirrored image is mirrored within its content.
 *
 * @param imageWidth columns of the image
 * @param imageHeight rows of the image
 * @param contentWidth columns that the resized image takes of the tensor
 * @param contentHeight rows that the resized image takes of the tensor
 * @param tensorWidth columns of the tensor
 * @param tensorHeight rows of the tensor
 * @param flip which way round the image lies
 * @param faces which of them the input is good for
 */
public record Placement(
    int imageWidth,
    int imageHeight,
    int contentWidth,
    int contentHeight,
    int tensorWidth,
    int tensorHeight,
    Flip flip,
    FaceSizes faces) {

  /**
   * Checks that the content fits.
   *
   * @throws IllegalArgumentException if a side is not positive or the content exceeds the tensor
   */
  public Placement {
    if (imageWidth < 1 || imageHeight < 1 || contentWidth < 1 || contentHeight < 1) {
      throw new IllegalArgumentException(
          "an image of %dx%d can't be placed as %dx%d"
              .formatted(imageWidth, imageHeight, contentWidth, contentHeight));
    }
    if (contentWidth > tensorWidth || contentHeight > tensorHeight) {
      throw new IllegalArgumentException(
          "content of %dx%d doesn't fit a tensor of %dx%d"
              .formatted(contentWidth, contentHeight, tensorWidth, tensorHeight));
    }
  }

  /** For faces of every size. */
  public Placement(
      int imageWidth,
      int imageHeight,
      int contentWidth,
      int contentHeight,
      int tensorWidth,
      int tensorHeight,
      Flip flip) {
    this(
        imageWidth,
        imageHeight,
        contentWidth,
        contentHeight,
        tensorWidth,
        tensorHeight,
        flip,
        FaceSizes.ANY);
  }

  /** An image that lies as it is, for faces of every size. */
  public Placement(
      int imageWidth,
      int imageHeight,
      int contentWidth,
      int contentHeight,
      int tensorWidth,
      int tensorHeight) {
    this(
        imageWidth, imageHeight, contentWidth, contentHeight, tensorWidth, tensorHeight, Flip.NONE);
  }

  /** Image pixels a tensor pixel, along the image's longer side, which rounding changes least. */
  float step() {
    return imageWidth >= imageHeight ? stepX() : stepY();
  }

  /** Image pixels a tensor pixel, along x. */
  public float stepX() {
    return (float) imageWidth / contentWidth;
  }

  /** Image pixels a tensor pixel, along y. */
  public float stepY() {
    return (float) imageHeight / contentHeight;
  }
}
