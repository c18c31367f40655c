package org.retinaspark.job.train.fit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.train.loss.HardNegatives;
import org.retinaspark.job.train.loss.Loss;

/**
 * Sums what a head loses, weighted by sample, and then the gradient by its numbers.
 *
 * @param target what the head should tell
 * @param head its numbers
 * @param hard which negatives of a view count; null if all do
 */
record LossSum(Target target, Loss loss, AnchorWeights head, @Nullable HardNegatives hard)
    implements RowSum {

  @Override
  public int length() {
    return 1 + head.numbers().length;
  }

  @Override
  public void add(ImageRows rows, double[] sum) {
    BitSet counted = counted(rows);
    double[] x = new double[head.shape().channels() + 1];
    double[] told = new double[head.values()];
    double[] gradient = new double[head.values()];
    for (int row = 0; row < rows.count(); row++) {
      float[] truth = counted == null || counted.get(row) ? target.encode(rows, row) : null;
      if (truth != null) {
        rows.features(row, x);
        head.predict(rows.anchor(row), x, told);
        Arrays.fill(gradient, 0);
        sum[0] += loss.add(told, 0, truth, rows.weight(row), gradient);
        for (int value = 0; value < gradient.length; value++) {
          int at = 1 + head.at(rows.anchor(row), value);
          for (int i = 0; i < x.length; i++) {
            sum[at + i] += gradient[value] * x[i];
          }
        }
      }
    }
  }

  /** All positives, and of each view's negatives those that lose most; null if all count. */
  @Nullable BitSet counted(ImageRows rows) {
    if (hard == null) {
      return null;
    }
    BitSet counted = new BitSet();
    int[] views = IntStream.range(0, rows.count()).map(rows::view).distinct().toArray();
    for (int view : views) {
      int[] its = IntStream.range(0, rows.count()).filter(row -> rows.view(row) == view).toArray();
      int[] negatives = Arrays.stream(its).filter(row -> !rows.positive(row)).toArray();
      double[] losses = Arrays.stream(negatives).mapToDouble(row -> lost(rows, row)).toArray();
      Arrays.stream(its).filter(rows::positive).forEach(counted::set);
      for (int negative : hard.of(losses, its.length - negatives.length)) {
        counted.set(negatives[negative]);
      }
    }
    return counted;
  }

  private double lost(ImageRows rows, int row) {
    float[] truth = target.encode(rows, row);
    if (truth == null) {
      return 0;
    }
    double[] x = new double[head.shape().channels() + 1];
    double[] told = new double[head.values()];
    rows.features(row, x);
    head.predict(rows.anchor(row), x, told);
    return loss.add(told, 0, truth, 1, new double[told.length]);
  }
}
