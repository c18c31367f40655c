package org.retinaspark.udf.pipeline;

import java.util.List;

/**
 * What the station that stands first looks for in an image: which network inputs it makes, what is
 * read of the outputs of each, and what all of them together say of the image.
 *
 * @param <T> what is read of an input's outputs, which are gone after that
 */
interface Look<T> {

  /**
   * How much of an image's resolution the inputs use, as a share of its long side; 1 or more for
   * all of it.
   */
  double usefulShare(int width, int height);

  /**
   * The inputs of an image, none of them filled; none where there is nothing to look for.
   *
   * @throws RuntimeException if they can't be made; the image fails
   */
  List<StationNetwork.Input<T>> inputs(ImageInProgress image);

  /**
   * Writes into the image what was found.
   *
   * @param read of each of the {@link #inputs}, in their order
   */
  void found(ImageInProgress image, List<T> read);
}
