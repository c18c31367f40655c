package org.retinaspark.udf.crop;

import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The pose of known points in space out of their places in an image, as seen from afar: distance
 * only shrinks or grows the whole (scaled orthographic projection, "weak perspective").
 *
 * <p>It is the least squares of {@code scale · P · R · canonical − seen} over scale and rotation,
 * {@code P} keeping x and y. The start is the rotation nearest to the best affine map (DeMenthon
 * and Davis, "Model-based object pose in 25 lines of code", 1995); Gauss and Newton's steps follow.
 * All of it needs two sums over the points only: {@code shape}, canonical by canonical, and {@code
 * image}, seen by canonical.
 */
final class ScaledOrthography {

  /** Five points take four or five (docs/decisions/0032-canonical-face-and-pose.md). */
  private static final int STEPS = 50;

  private static final int HALVINGS = 20;

  /** In radians: a longer step is shortened, a shorter one is the last. */
  private static final double LONGEST = 0.5;

  private static final double SHORTEST = 1e-6;

  private final RealMatrix known;
  private final RealMatrix shape;
  private final DecompositionSolver affine;

  /** Of canonical points, {@code [n, 3]}, which must not lie in a plane. */
  ScaledOrthography(float[] canonical) {
    known = PointCloud.centred(canonical, PointCloud.SPACE);
    shape = known.transpose().multiply(known);
    affine = new LUDecomposition(shape).getSolver();
  }

  /**
   * The rotation whose projection of the canonical points lies nearest to those seen, {@code [n,
   * 2]}.
   *
   * @return none where the numbers of points differ, where one isn't finite, or where those seen
   *     lie on a line
   */
  Optional<RealMatrix> rotation(float[] xy) {
    if (xy.length != known.getRowDimension() * PointCloud.PLANE) {
      return Optional.empty();
    }
    RealMatrix seen = PointCloud.centred(xy, PointCloud.PLANE);
    if (!PointCloud.isFinite(seen) || PointCloud.isLine(seen)) {
      return Optional.empty();
    }
    RealMatrix image = seen.transpose().multiply(known);
    return Optional.of(refined(start(image), image));
  }

  private RealMatrix start(RealMatrix image) {
    SingularValueDecomposition svd =
        new SingularValueDecomposition(affine.solve(image.transpose()).transpose());
    RealMatrix rows = svd.getU().multiply(svd.getVT());
    double[] x = rows.getRow(0);
    double[] y = rows.getRow(1);
    return new Array2DRowRealMatrix(
        new double[][] {
          x, y, {x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]}
        });
  }

  private RealMatrix refined(RealMatrix start, RealMatrix image) {
    View view = view(start, image);
    for (int step = 0; step < STEPS; step++) {
      double[] turn = view.turn();
      double length = length(turn);
      if (!(length > SHORTEST)) {
        return view.rotation;
      }
      double share = Math.min(1, LONGEST / length);
      View next = view(turned(view.rotation, turn, share), image);
      for (int half = 0; half < HALVINGS && next.gain() < view.gain(); half++) {
        share /= 2;
        next = view(turned(view.rotation, turn, share), image);
      }
      if (!(next.gain() > view.gain())) {
        return view.rotation;
      }
      view = next;
    }
    return view.rotation;
  }

  private View view(RealMatrix rotation, RealMatrix image) {
    RealMatrix back = rotation.transpose();
    return new View(
        rotation,
        rotation.multiply(shape).multiply(back).getData(),
        image.multiply(back).getData());
  }

  /** The two sums, {@code a} and {@code b}, over the canonical points as a rotation turns them. */
  private record View(RealMatrix rotation, double[][] a, double[][] b) {

    /** By how much the rotation, at its best scale, lessens the sum of squares. */
    double gain() {
      double along = Math.max(0, b[0][0] + b[1][1]);
      return along * along / (a[0][0] + a[1][1]);
    }

    /**
     * The vector to turn by: the least squares, linear in scale {@code s} and {@code s·turn}, of
     * {@code s·Y + s·turn × Y − seen}, where {@code Y} are the points as they are turned.
     */
    double[] turn() {
      double flat = a[0][0] + a[1][1];
      RealMatrix normal =
          new Array2DRowRealMatrix(
              new double[][] {
                {flat, -a[1][2], a[0][2], 0},
                {-a[1][2], a[2][2], 0, -a[0][2]},
                {a[0][2], 0, a[2][2], -a[1][2]},
                {0, -a[0][2], -a[1][2], flat}
              });
      RealVector right =
          new ArrayRealVector(
              new double[] {b[0][0] + b[1][1], -b[1][2], b[0][2], b[1][0] - b[0][1]});
      double[] best = new CholeskyDecomposition(normal).getSolver().solve(right).toArray();
      double scale = Math.abs(best[0]);
      return new double[] {best[1] / scale, best[2] / scale, best[3] / scale};
    }
  }

  private static double length(double[] turn) {
    return Math.sqrt(turn[0] * turn[0] + turn[1] * turn[1] + turn[2] * turn[2]);
  }

  /** By the formula of Rodrigues. */
  private static RealMatrix turned(RealMatrix rotation, double[] turn, double share) {
    double length = length(turn);
    double angle = length * share;
    double x = turn[0] / length;
    double y = turn[1] / length;
    double z = turn[2] / length;
    RealMatrix cross =
        new Array2DRowRealMatrix(new double[][] {{0, -z, y}, {z, 0, -x}, {-y, x, 0}});
    RealMatrix change =
        cross
            .scalarMultiply(Math.sin(angle))
            .add(cross.multiply(cross).scalarMultiply(1 - Math.cos(angle)));
    return rotation.add(change.multiply(rotation));
  }
}
