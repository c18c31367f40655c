package org.retinaspark.job.train.fit;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.job.train.regression.NormalEquations;

/**
 * Sums the normal equations of each anchor of a cell: of all samples that have the target, x being
 * the features with a 1 behind them and y the target, their number and the sums of y'y, xx' and
 * xy', each times the sample's weight.
 *
 * @param shape of the samples
 * @param target what the features should tell
 */
record EquationSum(SampleShape shape, Target target) implements RowSum {

  @Override
  public int length() {
    return Math.multiplyExact(shape.anchors(), lengthOfAnchor());
  }

  private int lengthOfAnchor() {
    int unknowns = shape.channels() + 1;
    return Math.addExact(2, Math.multiplyExact(unknowns, unknowns + target.values()));
  }

  @Override
  public void add(ImageRows rows, double[] sum) {
    int unknowns = shape.channels() + 1;
    double[] x = new double[unknowns];
    double[] y = new double[target.values()];
    for (int row = 0; row < rows.count(); row++) {
      float[] encoded = target.encode(rows, row);
      if (encoded != null) {
        rows.features(row, x);
        // By the root, so that the products stay symmetric to the last bit.
        double root = Math.sqrt(target.weight(rows, row));
        scale(x, root);
        int at = rows.anchor(row) * lengthOfAnchor();
        sum[at]++;
        for (int value = 0; value < y.length; value++) {
          y[value] = root * encoded[value];
          sum[at + 1] += y[value] * y[value];
        }
        addProducts(x, x, sum, at + 2);
        addProducts(x, y, sum, at + 2 + unknowns * unknowns);
      }
    }
  }

  private static void scale(double[] numbers, double factor) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= factor;
    }
  }

  private static void addProducts(double[] x, double[] y, double[] sum, int at) {
    for (int i = 0; i < x.length; i++) {
      double factor = x[i];
      // Of features behind a rectifier many are 0.
      if (factor != 0) {
        int line = at + i * y.length;
        for (int j = 0; j < y.length; j++) {
          sum[line + j] += factor * y[j];
        }
      }
    }
  }

  /** The equations of each anchor. */
  List<NormalEquations> equations(double[] sum) {
    int unknowns = shape.channels() + 1;
    List<NormalEquations> equations = new ArrayList<>();
    for (int anchor = 0; anchor < shape.anchors(); anchor++) {
      equations.add(
          NormalEquations.read(sum, anchor * lengthOfAnchor(), unknowns, target.values()));
    }
    return equations;
  }
}
