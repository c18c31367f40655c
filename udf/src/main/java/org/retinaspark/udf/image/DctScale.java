package org.retinaspark.udf.image;

/**
 * A size at which a JPEG can be decoded without decoding it in full: libjpeg computes fewer samples
 * of each 8 x 8 block.
 *
 * @param eighths of the full width and height, from 1 to 8
 */
record DctScale(int eighths) {

  private static final int WHOLE = 8;

  static final DctScale FULL = new DctScale(WHOLE);

  /** The smallest that keeps so much of the width and height. */
  static DctScale atLeast(double share) {
    return new DctScale((int) Math.max(1, Math.min(WHOLE, Math.ceil(share * WHOLE))));
  }

  /** Length of a side, rounded up as libjpeg does ({@code TJSCALED}). */
  int of(int side) {
    return (int) (((long) side * eighths + WHOLE - 1) / WHOLE);
  }
}
