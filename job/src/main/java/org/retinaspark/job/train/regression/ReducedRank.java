package org.retinaspark.job.train.regression;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Reduced-rank regression (Izenman, "Reduced-rank regression for the multivariate linear model",
 * 1975): many values told through few coefficients. The basis is of the first right singular
 * vectors of all fitted values, less the mean of the targets. Fitted values x * w have those of s *
 * w, s being the root of the sum of xx', so that nothing is needed but the small matrices.
 *
 * @param mean {@code [values]}
 * @param basis {@code [k, values]}, orthonormal
 * @param coefficients for each of the equations {@code [unknowns, k]}
 * @param share of the squares of the fitted values less the mean that k coefficients keep, from 0
 *     to 1
 */
public record ReducedRank(
    double[] mean, RealMatrix basis, List<RealMatrix> coefficients, double share) {

  /** Singular values below this share of the root of the targets' squares are rounding. */
  private static final double NOTHING = 1e-7;

  /**
   * Finds the basis.
   *
   * @param equations of one anchor or more, all of the same values
   * @param weights that solve them, {@code [unknowns, values]} each
   * @param most coefficients; fewer where the fitted values don't have as many dimensions
   * @throws SingularEquationsException if all fitted values are the mean
   */
  public static ReducedRank of(
      List<NormalEquations> equations, List<RealMatrix> weights, int most) {
    int unknowns = equations.get(0).unknowns();
    int values = equations.get(0).values();
    double[] mean = mean(equations, values);
    List<RealMatrix> centred = weights.stream().map(matrix -> centred(matrix, mean)).toList();
    RealMatrix stacked = new Array2DRowRealMatrix(equations.size() * unknowns, values);
    for (int number = 0; number < equations.size(); number++) {
      RealMatrix root = root(equations.get(number).features());
      stacked.setSubMatrix(root.multiply(centred.get(number)).getData(), number * unknowns, 0);
    }
    EigenDecomposition squares = new EigenDecomposition(stacked.multiply(stacked.transpose()));
    double[] eigenvalues = squares.getRealEigenvalues();
    double targets = equations.stream().mapToDouble(NormalEquations::squares).sum();
    int kept = kept(eigenvalues, most, NOTHING * NOTHING * targets);
    if (kept == 0) {
      throw new SingularEquationsException("the fitted values are all alike");
    }
    RealMatrix basis = new Array2DRowRealMatrix(kept, values);
    for (int number = 0; number < kept; number++) {
      double[] vector = stacked.preMultiply(squares.getEigenvector(number).toArray());
      basis.setRow(number, unit(vector));
    }
    RealMatrix turned = basis.transpose();
    return new ReducedRank(
        mean,
        basis,
        centred.stream().map(matrix -> matrix.multiply(turned)).toList(),
        share(eigenvalues, kept));
  }

  private static double[] mean(List<NormalEquations> equations, int values) {
    double[] mean = new double[values];
    double weight = equations.stream().mapToDouble(NormalEquations::weight).sum();
    for (NormalEquations one : equations) {
      double[] sum = one.sumOfTargets();
      for (int value = 0; value < values; value++) {
        mean[value] += sum[value] / weight;
      }
    }
    return mean;
  }

  /** Weights of which the bias tells no mean. */
  private static RealMatrix centred(RealMatrix weights, double[] mean) {
    RealMatrix centred = weights.copy();
    int bias = weights.getRowDimension() - 1;
    for (int value = 0; value < mean.length; value++) {
      centred.addToEntry(bias, value, -mean[value]);
    }
    return centred;
  }

  /** A matrix whose square it is; rounding may have made an eigenvalue negative. */
  private static RealMatrix root(RealMatrix squares) {
    EigenDecomposition eigen = new EigenDecomposition(squares);
    RealMatrix root = eigen.getVT().copy();
    for (int line = 0; line < root.getRowDimension(); line++) {
      double factor = Math.sqrt(Math.max(eigen.getRealEigenvalue(line), 0));
      root.setRowVector(line, root.getRowVector(line).mapMultiply(factor));
    }
    return root;
  }

  private static int kept(double[] eigenvalues, int most, double rounding) {
    int kept = 0;
    while (kept < Math.min(most, eigenvalues.length) && eigenvalues[kept] > rounding) {
      kept++;
    }
    return kept;
  }

  private static double share(double[] eigenvalues, int kept) {
    double all = 0;
    double most = 0;
    for (int number = 0; number < eigenvalues.length; number++) {
      double square = Math.max(eigenvalues[number], 0);
      all += square;
      most += number < kept ? square : 0;
    }
    return all == 0 ? 1 : most / all;
  }

  /** Of length 1, its largest number positive, since a singular vector is known but for a sign. */
  private static double[] unit(double[] vector) {
    double squares = 0;
    double largest = 0;
    for (double number : vector) {
      squares += number * number;
      largest = Math.abs(number) > Math.abs(largest) ? number : largest;
    }
    double factor = Math.copySign(1 / Math.sqrt(squares), largest);
    double[] unit = new double[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = factor * vector[i];
    }
    return unit;
  }
}
