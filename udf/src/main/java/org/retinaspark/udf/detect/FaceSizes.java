package org.retinaspark.udf.detect;

import java.io.Serializable;

/**
 * The faces that one network input of several is believed for, by the longer side of their boxes in
 * pixels of the input. The test code of S3FD ({@code wider_test.py}) bounds the faces of each scale
 * in this way.
 *
 * @param from the smallest; smaller ones are left to larger inputs
 * @param below larger ones than this are left to smaller inputs
 */
public record FaceSizes(float from, float below) implements Serializable {

  /** Faces of every size. */
  public static final FaceSizes ANY = from(0);

  /**
   * Checks that there is a size.
   *
   * @throws IllegalArgumentException if there is none
   */
  public FaceSizes {
    if (!(from >= 0 && from < below)) {
      throw new IllegalArgumentException(
          "there are no faces of at least %s and less than %s pixels".formatted(from, below));
    }
  }

  /** Faces of so many pixels and more. */
  static FaceSizes from(float pixels) {
    return new FaceSizes(pixels, Float.POSITIVE_INFINITY);
  }

  boolean contains(float pixels) {
    return pixels >= from && pixels < below;
  }

  /** Whether larger faces are left to other inputs. */
  boolean areBounded() {
    return below < Float.POSITIVE_INFINITY;
  }

  /** For people, as {@code _run.json} has it. */
  @Override
  public String toString() {
    String larger = "faces of %.0f pixels and more".formatted(from);
    return areBounded() ? "%s, below %.0f".formatted(larger, below) : larger;
  }
}
