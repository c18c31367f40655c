package org.retinaspark.io.samples;

import java.io.Serializable;
import java.util.List;

/**
 * What samples of a model look like.
 *
 * @param channels values of the features of a cell
 * @param sizes anchors of a cell of each level, the finest level first
 */
public record SampleShape(int channels, List<Integer> sizes) implements Serializable {

  /**
   * Keeps an unmodifiable list.
   *
   * @throws IllegalArgumentException if there are no channels, no levels or a level has no anchors
   */
  public SampleShape {
    sizes = List.copyOf(sizes);
    if (channels < 1 || sizes.isEmpty() || sizes.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException(
          "a model with %d channels and %s anchors a cell by level has no heads to fit"
              .formatted(channels, sizes));
    }
  }

  /** Anchors of a cell of all levels together. */
  public int anchors() {
    return anchor(sizes.size(), 0);
  }

  /** Which of {@link #anchors} a size of a level is: by level, then by size. */
  public int anchor(int level, int size) {
    int first = 0;
    for (int finer = 0; finer < level; finer++) {
      first += sizes.get(finer);
    }
    return first + size;
  }
}
