package org.retinaspark.udf.detect;

import java.io.Serializable;
import java.util.OptionalInt;

/** A rule for how large an image becomes in a network input, its aspect kept. */
public interface Scale extends Serializable {

  /** What the width and height of an image are multiplied by. */
  double factor(int width, int height);

  /** The longest side that any image gets, in pixels; empty if there is no limit. */
  OptionalInt longestSide();

  /** The image as it is. */
  record Original() implements Scale {

    @Override
    public double factor(int width, int height) {
      return 1;
    }

    @Override
    public OptionalInt longestSide() {
      return OptionalInt.empty();
    }
  }

  /**
   * The long side resized to so many pixels, up or down.
   *
   * @param pixels of the long side
   */
  record LongSide(int pixels) implements Scale {

    @Override
    public double factor(int width, int height) {
      return (double) pixels / Math.max(width, height);
    }

    @Override
    public OptionalInt longestSide() {
      return OptionalInt.of(pixels);
    }
  }
}
