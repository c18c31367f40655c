package org.retinaspark.job.preview;

/**
 * The data of an SVG path in few characters: steps relative to the last point, in tenths of a
 * pixel, none of which is lost on the way.
 */
final class SvgPath {

  /** Farther from the origin than any frame reaches. */
  private static final float FAR = 1e7f;

  private static final int TENTHS = 10;

  private final StringBuilder data = new StringBuilder();
  private boolean lifted = true;
  private long x;
  private long y;

  /** Begins a new line at the next point. */
  void lift() {
    lifted = true;
  }

  /** Goes to a point; one that isn't finite or in no frame lifts the pen. */
  void to(float toX, float toY) {
    if (!(Math.abs(toX) < FAR && Math.abs(toY) < FAR)) {
      lift();
      return;
    }
    long nextX = Math.round((double) toX * TENTHS);
    long nextY = Math.round((double) toY * TENTHS);
    data.append(lifted ? 'm' : 'l');
    number(nextX - x);
    if (nextY >= y) {
      data.append(' ');
    }
    number(nextY - y);
    lifted = false;
    x = nextX;
    y = nextY;
  }

  /** A dot, where line ends are round, on each point: x and y are the first of so many numbers. */
  void dots(float[] points, int numbers) {
    for (int at = 0; at + 1 < points.length; at += numbers) {
      lift();
      to(points[at], points[at + 1]);
      if (!lifted) {
        data.append("h0");
      }
    }
  }

  private void number(long tenths) {
    if (tenths < 0) {
      data.append('-');
    }
    long size = Math.abs(tenths);
    data.append(size / TENTHS);
    if (size % TENTHS != 0) {
      data.append('.').append(size % TENTHS);
    }
  }

  @Override
  public String toString() {
    return data.toString();
  }
}
