package org.retinaspark.udf.crop;

import java.util.Optional;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The rotation of the similarity that takes one cloud of points nearest to another (Umeyama,
 * "Least-squares estimation of transformation parameters between two point patterns", 1991).
 */
final class Alignment {

  private Alignment() {}

  /**
   * From the canonical points to those seen, both {@code [n, 3]}. It never mirrors.
   *
   * @return none where the numbers of points differ, where one isn't finite, or where those seen
   *     lie on a line
   */
  static Optional<RealMatrix> rotation(float[] canonical, float[] seen) {
    if (canonical.length != seen.length) {
      return Optional.empty();
    }
    RealMatrix from = PointCloud.centred(canonical, PointCloud.SPACE);
    RealMatrix to = PointCloud.centred(seen, PointCloud.SPACE);
    if (!PointCloud.isFinite(to) || PointCloud.isLine(to)) {
      return Optional.empty();
    }
    SingularValueDecomposition svd = new SingularValueDecomposition(to.transpose().multiply(from));
    RealMatrix rotation = svd.getU().multiply(svd.getVT());
    if (new LUDecomposition(rotation).getDeterminant() > 0) {
      return Optional.of(rotation);
    }
    RealMatrix mirror = MatrixUtils.createRealDiagonalMatrix(new double[] {1, 1, -1});
    return Optional.of(svd.getU().multiply(mirror).multiply(svd.getVT()));
  }
}
