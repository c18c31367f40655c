package org.retinaspark.job.train.regression;

import java.util.List;
import org.apache.commons.math3.linear.RealMatrix;

/** How much of the targets a fit explains, told from its equations alone. */
public final class Explained {

  private Explained() {}

  /**
   * The share of the squares of the targets less their mean m that the fit explains, 1 - |y - m -
   * xcb|^2 / |y - m|^2, c being the coefficients and b the orthonormal basis.
   */
  public static double share(
      List<NormalEquations> equations, NormalEquations all, ReducedRank fit) {
    double spread = all.squares() - all.weight() * dot(fit.mean(), fit.mean());
    double gained = 0;
    RealMatrix turned = fit.basis().transpose();
    double[] mean = turned.preMultiply(fit.mean());
    for (int number = 0; number < equations.size(); number++) {
      NormalEquations one = equations.get(number);
      RealMatrix weights = fit.coefficients().get(number);
      RealMatrix targets = one.products().multiply(turned);
      double[] sums = one.sumOfFeatures();
      for (int i = 0; i < weights.getRowDimension(); i++) {
        for (int j = 0; j < mean.length; j++) {
          gained += 2 * weights.getEntry(i, j) * (targets.getEntry(i, j) - sums[i] * mean[j]);
        }
      }
      RealMatrix fitted = one.features().multiply(weights);
      for (int i = 0; i < weights.getRowDimension(); i++) {
        gained -= dot(weights.getRow(i), fitted.getRow(i));
      }
    }
    return spread > 0 ? gained / spread : 1;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
