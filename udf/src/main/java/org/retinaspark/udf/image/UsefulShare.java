package org.retinaspark.udf.image;

/** How much of an image's resolution its user needs. */
@FunctionalInterface
public interface UsefulShare {

  /** All of it. */
  UsefulShare ALL = (width, height) -> 1;

  /**
   * The share of width and height that is needed, above 0; 1 and more mean all.
   *
   * @param width columns of the whole image, in the frame that the decoder gives
   * @param height rows of the whole image
   */
  double of(int width, int height);
}
