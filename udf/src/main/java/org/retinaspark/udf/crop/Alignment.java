package org.retinaspark.udf.crop;

import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * The rotation of the similarity that takes one cloud of points nearest to another (Umeyama,
 * "Least-squares estimation of transformation parameters between two point patterns", 1991).
 */
final class Alignment {

  private static final int AXES = MeshTopology.AXES;

  /** Below this share of the largest singular value, the points lie on a line. */
  private static final double LINE = 1e-9;

  private Alignment() {}

  /**
   * From the canonical points to those seen, both {@code [n, 3]}; each counts by its weight, or all
   * the same where there are no weights.
   *
   * @return the rotation matrix; none where the numbers of points differ, where one isn't finite,
   *     or where they lie on a line
   */
  static Optional<double[][]> rotation(float[] from, double[] weights, float[] to) {
    if (from.length != to.length) {
      return Optional.empty();
    }
    double[] fromMean = mean(from, weights);
    double[] toMean = mean(to, weights);
    double[][] covariance = new double[AXES][AXES];
    for (int at = 0; at < from.length; at += AXES) {
      double weight = weight(weights, at / AXES);
      for (int row = 0; row < AXES; row++) {
        for (int column = 0; column < AXES; column++) {
          covariance[row][column] +=
              weight * (to[at + row] - toMean[row]) * (from[at + column] - fromMean[column]);
        }
      }
    }
    return nearest(covariance);
  }

  /** The rotation nearest to a matrix; none where the matrix isn't finite or has a rank below 2. */
  static Optional<double[][]> nearest(double[][] matrix) {
    for (double[] row : matrix) {
      for (double number : row) {
        if (!Double.isFinite(number)) {
          return Optional.empty();
        }
      }
    }
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(matrix));
    double[] values = svd.getSingularValues();
    if (!(values[1] > LINE * values[0])) {
      return Optional.empty();
    }
    RealMatrix u = svd.getU();
    RealMatrix turn = u.multiply(svd.getVT());
    if (determinant(turn.getData()) < 0) {
      for (int row = 0; row < AXES; row++) {
        u.setEntry(row, AXES - 1, -u.getEntry(row, AXES - 1));
      }
      turn = u.multiply(svd.getVT());
    }
    return Optional.of(turn.getData());
  }

  private static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }

  private static double weight(double[] weights, int point) {
    return weights.length == 0 ? 1 : weights[point];
  }

  private static double[] mean(float[] points, double[] weights) {
    double[] mean = new double[AXES];
    double total = 0;
    for (int at = 0; at < points.length; at += AXES) {
      double weight = weight(weights, at / AXES);
      total += weight;
      for (int axis = 0; axis < AXES; axis++) {
        mean[axis] += weight * points[at + axis];
      }
    }
    for (int axis = 0; axis < AXES; axis++) {
      mean[axis] /= total;
    }
    return mean;
  }
}
