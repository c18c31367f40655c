package org.retinaspark.udf.crop;

import java.util.Arrays;

/** Reads the compressed run-length code of COCO, as {@link FacePart#rle} has it. */
public final class MaskReader {

  /** Groups of a number of 64 bits, at most. */
  private static final int MOST_GROUPS = 12;

  private final String code;
  private int at;

  private MaskReader(String code) {
    this.code = code;
  }

  /**
   * The pixels of a mask.
   *
   * @param rle the code
   * @param pixels of the frame: height times width
   * @return start and end of each run inside, by turns; pixels are numbered down the columns, from
   *     0, and the end is behind the run
   * @throws IllegalArgumentException if it isn't a mask of so many pixels
   */
  public static long[] inside(String rle, long pixels) {
    MaskReader reader = new MaskReader(rle);
    long[] ends = new long[rle.length() + 1];
    long[] lastTwo = new long[2];
    long end = 0;
    int lengths = 0;
    while (reader.at < rle.length()) {
      long length = reader.number();
      if (lengths >= MaskWriter.WHOLE_LENGTHS) {
        length += lastTwo[lengths % 2];
      }
      if (length < 0 || length > pixels - end) {
        throw new IllegalArgumentException(
            "run %d of the mask has %d pixels, but %d are left of %d"
                .formatted(lengths, length, pixels - end, pixels));
      }
      lastTwo[lengths % 2] = length;
      end += length;
      ends[lengths++] = end;
    }
    if (end != pixels) {
      throw new IllegalArgumentException(
          "the runs of the mask have %d pixels, but the frame has %d".formatted(end, pixels));
    }
    return Arrays.copyOf(ends, lengths / 2 * 2);
  }

  private long number() {
    long number = 0;
    for (int group = 0; group < MOST_GROUPS && at < code.length(); group++) {
      int bits = code.charAt(at++) - MaskWriter.ZERO;
      if (bits < 0 || bits >= 2 * MaskWriter.MORE) {
        throw new IllegalArgumentException(
            "character %d of the mask is of no run-length code".formatted(at));
      }
      number |= (long) (bits & (MaskWriter.MORE - 1)) << (MaskWriter.GROUP * group);
      if ((bits & MaskWriter.MORE) == 0) {
        boolean negative = (bits & MaskWriter.SIGN) != 0;
        return negative ? number | -1L << (MaskWriter.GROUP * (group + 1)) : number;
      }
    }
    throw new IllegalArgumentException("the code of the mask ends within a number");
  }
}
