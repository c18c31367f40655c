package org.retinaspark.udf.crop;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/** Points of the plane or of space as the rows of a matrix. */
final class PointCloud {

  static final int PLANE = 2;
  static final int SPACE = 3;

  /**
   * Points that reach less than this share of their length to the side lie on a line: rounding to
   * float32 alone makes a line as wide as that.
   */
  private static final double LINE = 1e-4;

  private PointCloud() {}

  /** {@code [n, axes]} out of as many numbers, the mean taken from each. */
  static RealMatrix centred(float[] points, int axes) {
    int count = points.length / axes;
    double[] mean = new double[axes];
    for (int at = 0; at < points.length; at++) {
      mean[at % axes] += (double) points[at] / count;
    }
    RealMatrix cloud = new Array2DRowRealMatrix(count, axes);
    for (int at = 0; at < points.length; at++) {
      cloud.setEntry(at / axes, at % axes, points[at] - mean[at % axes]);
    }
    return cloud;
  }

  /** Whether all points are finite. */
  static boolean isFinite(RealMatrix cloud) {
    return Double.isFinite(cloud.getNorm());
  }

  /** Whether points whose mean is 0 lie on a line or in one place. */
  static boolean isLine(RealMatrix cloud) {
    double[] squares =
        new SingularValueDecomposition(cloud.transpose().multiply(cloud)).getSingularValues();
    return !(squares[1] > LINE * LINE * squares[0]);
  }
}
