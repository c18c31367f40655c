package org.retinaspark.udf.image.jpeg;

/**
 * A size at which a JPEG can be decoded without decoding it in full: libjpeg computes fewer samples
 * of each 8 x 8 block. Only halvings: they are the fast ones, and those in between move the average
 * precision of smaller photos (see docs/decisions/0004).
 *
 * @param eighths of the full width and height: 1, 2, 4 or 8
 */
public record DctScale(int eighths) {

  private static final int WHOLE = 8;

  static final DctScale FULL = new DctScale(WHOLE);

  /** The smallest that keeps so much of the width and height. */
  public static DctScale atLeast(double share) {
    int eighths = 1;
    while (eighths < WHOLE && eighths < share * WHOLE) {
      eighths *= 2;
    }
    return new DctScale(eighths);
  }

  /** Length of a side, rounded up as libjpeg does ({@code TJSCALED}). */
  public int of(int side) {
    return (int) (((long) side * eighths + WHOLE - 1) / WHOLE);
  }
}
