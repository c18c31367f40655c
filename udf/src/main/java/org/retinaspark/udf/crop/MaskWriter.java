package org.retinaspark.udf.crop;

/**
 * Writes a mask in the compressed run-length code of COCO ({@code rleToString} of cocoapi's
 * maskApi.c): the lengths of runs outside and inside by turns, the first outside and perhaps 0;
 * from the fourth on as the difference to the one before the last; each in groups of five bits, the
 * lowest first, with a sixth bit where more follow, as a character from '0' on.
 *
 * <p>It keeps the code and two lengths only, so that a mask costs what its code does.
 */
final class MaskWriter {

  /** The first character of the code. */
  static final int ZERO = '0';

  /** Bits of a group. */
  static final int GROUP = 5;

  /** Set where more groups follow. */
  static final int MORE = 1 << GROUP;

  /** The sign of the last group. */
  static final int SIGN = 1 << (GROUP - 1);

  /** Lengths before those that are told as differences: the first is, and so are two others. */
  static final int WHOLE_LENGTHS = 3;

  private final StringBuilder code = new StringBuilder();
  private final long[] lastTwo = new long[2];
  private int lengths;
  private long written;
  private long from;
  private long to;

  /**
   * Adds pixels to the mask.
   *
   * @param start the first of them, not before the end of those before; pixels are numbered down
   *     the columns, from 0
   * @param end behind the last of them
   */
  void add(long start, long end) {
    if (start != to || from == to) {
      flush();
      from = start;
    }
    to = end;
  }

  /**
   * Ends the mask.
   *
   * @param pixels of the frame
   * @return the code
   */
  String end(long pixels) {
    flush();
    if (written < pixels || lengths == 0) {
      write(pixels - written);
    }
    return code.toString();
  }

  private void flush() {
    if (from < to) {
      write(from - written);
      write(to - from);
      written = to;
    }
  }

  private void write(long length) {
    long rest = lengths < WHOLE_LENGTHS ? length : length - lastTwo[lengths % 2];
    lastTwo[lengths % 2] = length;
    lengths++;
    boolean more;
    do {
      int group = (int) (rest & (MORE - 1));
      rest >>= GROUP;
      more = (group & SIGN) != 0 ? rest != -1 : rest != 0;
      code.append((char) (ZERO + (more ? group | MORE : group)));
    } while (more);
  }
}
