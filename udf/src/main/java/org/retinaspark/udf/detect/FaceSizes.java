package org.retinaspark.udf.detect;

import java.io.Serializable;

/**
 * Which faces one network input of several is good for, by the longer side of their boxes in pixels
 * of the input. The test code of S3FD ({@code wider_test.py}) bounds the faces of each scale too.
 *
 * @param smallest smaller faces are left to larger inputs
 * @param doubtful from this size on a face counts only where another input of the image shows it as
 *     well; infinite where none is doubted
 */
public record FaceSizes(float smallest, float doubtful) implements Serializable {

  /** Faces of every size, none of them doubted. */
  public static final FaceSizes ANY = from(0);

  /**
   * Checks that there is a size.
   *
   * @throws IllegalArgumentException if there is none
   */
  public FaceSizes {
    if (!(smallest >= 0 && smallest < doubtful)) {
      throw new IllegalArgumentException(
          "faces of %s pixels and more can't be doubted from %s on".formatted(smallest, doubtful));
    }
  }

  /** Faces of so many pixels and more, none of them doubted. */
  static FaceSizes from(float pixels) {
    return new FaceSizes(pixels, Float.POSITIVE_INFINITY);
  }

  /** Whether large faces need another input. */
  boolean haveDoubt() {
    return doubtful < Float.POSITIVE_INFINITY;
  }

  /** For people, as {@code _run.json} has it. */
  @Override
  public String toString() {
    String larger = "faces of %.0f pixels and more".formatted(smallest);
    return haveDoubt() ? "%s, doubted from %.0f on".formatted(larger, doubtful) : larger;
  }
}
