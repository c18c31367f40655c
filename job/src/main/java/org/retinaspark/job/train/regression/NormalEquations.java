package org.retinaspark.job.train.regression;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * What a least-squares fit needs to know of its rows, however many they are.
 *
 * @param rows how many there were
 * @param squares the sum of y'y, as the next two each row's times its weight
 * @param features {@code [unknowns, unknowns]}, the sum of xx', x ending in a 1
 * @param products {@code [unknowns, values]}, the sum of xy'
 */
public record NormalEquations(long rows, double squares, RealMatrix features, RealMatrix products) {

  /** Below this share of the mean of the diagonal a pivot counts as 0. */
  private static final double SINGULAR = 1e-12;

  /** Reads sums that stand one behind the other. */
  public static NormalEquations read(double[] sum, int from, int unknowns, int values) {
    int features = from + 2;
    return new NormalEquations(
        Math.round(sum[from]),
        sum[from + 1],
        matrix(sum, features, unknowns, unknowns),
        matrix(sum, features + unknowns * unknowns, unknowns, values));
  }

  private static RealMatrix matrix(double[] sum, int from, int lines, int columns) {
    double[][] matrix = new double[lines][columns];
    for (int line = 0; line < lines; line++) {
      System.arraycopy(sum, from + line * columns, matrix[line], 0, columns);
    }
    return new Array2DRowRealMatrix(matrix, false);
  }

  /** The equations of the rows of both. */
  public NormalEquations plus(NormalEquations other) {
    return new NormalEquations(
        rows + other.rows,
        squares + other.squares,
        features.add(other.features),
        products.add(other.products));
  }

  /** Weights of a value, the bias included. */
  public int unknowns() {
    return features.getRowDimension();
  }

  /** Numbers that are told of a row. */
  public int values() {
    return products.getColumnDimension();
  }

  /** The sum of the weights of rows. */
  public double weight() {
    return features.getEntry(unknowns() - 1, unknowns() - 1);
  }

  /** The sum of y, {@code [values]}. */
  public double[] sumOfTargets() {
    return products.getRow(unknowns() - 1);
  }

  /** The sum of x, its last number being the weight. */
  public double[] sumOfFeatures() {
    return features.getRow(unknowns() - 1);
  }

  /**
   * The weights w that minimise |y - xw|^2 + r |w|^2 without the bias, r being the ridge times the
   * mean of the diagonal of xx' (Hoerl and Kennard, "Ridge Regression", 1970).
   *
   * @param ridge at least 0
   * @return {@code [unknowns, values]}
   * @throws SingularEquationsException if the rows don't tell the weights
   */
  public RealMatrix solve(double ridge) {
    int channels = unknowns() - 1;
    if (rows() < unknowns()) {
      throw new SingularEquationsException(
          "%d samples don't tell %d weights".formatted(rows(), unknowns()));
    }
    double mean = 0;
    for (int channel = 0; channel < channels; channel++) {
      mean += features.getEntry(channel, channel) / channels;
    }
    RealMatrix left = features.copy();
    for (int channel = 0; channel < channels; channel++) {
      left.addToEntry(channel, channel, ridge * mean);
    }
    try {
      return new CholeskyDecomposition(
              left, CholeskyDecomposition.DEFAULT_RELATIVE_SYMMETRY_THRESHOLD, SINGULAR * mean)
          .getSolver()
          .solve(products);
    } catch (NonPositiveDefiniteMatrixException singular) {
      throw new SingularEquationsException(
          "the features of %d samples are not independent, and a ridge of %s doesn't mend that"
              .formatted(rows(), ridge));
    }
  }
}
