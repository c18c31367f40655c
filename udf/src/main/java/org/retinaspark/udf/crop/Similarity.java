package org.retinaspark.udf.crop;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.detect.Point;

/**
 * A turn, a uniform scale and a shift of the plane: {@code (u, v) = (a·px − b·py + x, b·px + a·py +
 * y)}. It never mirrors. All coordinates are continuous, with the origin at the corner.
 *
 * @param a scale × cosine of the angle
 * @param b scale × sine of the angle; the angle turns x towards y, clockwise as an image is seen
 * @param x shift to the right
 * @param y shift downwards
 */
public record Similarity(double a, double b, double x, double y) implements Serializable {

  /**
   * Checks that it can be undone.
   *
   * @throws IllegalArgumentException if a number isn't finite, or if the scale is zero or too small
   *     or large for its inverse to be a number
   */
  public Similarity {
    double square = a * a + b * b;
    if (!Double.isFinite(x) || !Double.isFinite(y) || !isNormal(square) || !isNormal(1 / square)) {
      throw new IllegalArgumentException(
          "a similarity of a %s, b %s, x %s and y %s can't be undone; its scale must be a number over 0"
              .formatted(a, b, x, y));
    }
  }

  private static boolean isNormal(double number) {
    return Double.isFinite(number) && number >= Double.MIN_NORMAL;
  }

  /** Where it takes a point. */
  public Point apply(Point point) {
    double px = point.x();
    double py = point.y();
    return new Point((float) (a * px - b * py + x), (float) (b * px + a * py + y));
  }

  /** The one that undoes it. */
  public Similarity inverse() {
    double square = a * a + b * b;
    return new Similarity(
        a / square, -b / square, -(a * x + b * y) / square, (b * x - a * y) / square);
  }

  /** This one first, then the other. */
  public Similarity then(Similarity next) {
    return new Similarity(
        next.a * a - next.b * b,
        next.b * a + next.a * b,
        next.a * x - next.b * y + next.x,
        next.b * x + next.a * y + next.y);
  }

  /** How many times longer a distance becomes. */
  public double scale() {
    return Math.hypot(a, b);
  }

  /**
   * The similarity that takes some points nearest to others, by the sum of squared distances:
   * Umeyama, "Least-squares estimation of transformation parameters between two point patterns",
   * 1991, which in the plane has this closed form.
   *
   * @return none if there are not as many points as others or fewer than two, if one isn't finite,
   *     if all points or all others lie in one place, or if the best scale is zero
   */
  public static Optional<Similarity> between(List<Point> from, List<Point> to) {
    int count = from.size();
    if (count < 2 || count != to.size()) {
      return Optional.empty();
    }
    double fromX = 0;
    double fromY = 0;
    double toX = 0;
    double toY = 0;
    for (int at = 0; at < count; at++) {
      fromX += from.get(at).x() / (double) count;
      fromY += from.get(at).y() / (double) count;
      toX += to.get(at).x() / (double) count;
      toY += to.get(at).y() / (double) count;
    }
    double along = 0;
    double across = 0;
    double spread = 0;
    for (int at = 0; at < count; at++) {
      double px = from.get(at).x() - fromX;
      double py = from.get(at).y() - fromY;
      double qx = to.get(at).x() - toX;
      double qy = to.get(at).y() - toY;
      along += px * qx + py * qy;
      across += px * qy - py * qx;
      spread += px * px + py * py;
    }
    double a = along / spread;
    double b = across / spread;
    try {
      return Optional.of(
          new Similarity(a, b, toX - a * fromX + b * fromY, toY - b * fromX - a * fromY));
    } catch (IllegalArgumentException degenerate) {
      return Optional.empty();
    }
  }
}
