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

    @Override
    public String toString() {
      return "the image's size";
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

    @Override
    public String toString() {
      return "long side " + pixels;
    }
  }

  /**
   * The short side resized to so many pixels, up or down; but where that would make the long side
   * longer than allowed, the long side resized to what is allowed: {@code test_widerface.py} of
   * InsightFace and of biubug6/Pytorch_Retinaface.
   *
   * @param pixels of the short side
   * @param longest pixels that the long side may have, at least as many
   */
  record ShortSide(int pixels, int longest) implements Scale {

    /**
     * Checks that a square image can follow the rule.
     *
     * @throws IllegalArgumentException if the sides are not positive or the longest is the shorter
     */
    public ShortSide {
      if (pixels < 1 || longest < pixels) {
        throw new IllegalArgumentException(
            "the short side can't be %d pixels where the long side is at most %d"
                .formatted(pixels, longest));
      }
    }

    @Override
    public double factor(int width, int height) {
      int longSide = Math.max(width, height);
      double factor = (double) pixels / Math.min(width, height);
      return Math.round(factor * longSide) > longest ? (double) longest / longSide : factor;
    }

    @Override
    public OptionalInt longestSide() {
      return OptionalInt.of(longest);
    }

    @Override
    public String toString() {
      return "short side %d, long side at most %d".formatted(pixels, longest);
    }
  }

  /**
   * A multiple of what another rule makes of an image: a level of an image pyramid.
   *
   * @param base the other rule
   * @param multiple what its factor is multiplied by
   */
  record Multiple(Scale base, double multiple) implements Scale {

    /** More than products of doubles differ by in another order. */
    private static final double ROUNDING = 1e-9;

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Multiple {
      if (!(multiple > 0 && multiple < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("an image can't be scaled by " + multiple);
      }
    }

    @Override
    public double factor(int width, int height) {
      return base.factor(width, height) * multiple;
    }

    @Override
    public OptionalInt longestSide() {
      OptionalInt longest = base.longestSide();
      // A long side is exact, but one that a short side's rule rounds down is half a pixel longer.
      double beyond = base instanceof LongSide ? ROUNDING : 0.5;
      return longest.isEmpty()
          ? longest
          : OptionalInt.of(Math.toIntExact(Math.round((longest.getAsInt() + beyond) * multiple)));
    }

    @Override
    public String toString() {
      return base + ", times " + multiple;
    }
  }
}
