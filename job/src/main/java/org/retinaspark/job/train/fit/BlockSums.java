package org.retinaspark.job.train.fit;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Sums over rows that lie in blocks, a block a partition: each block's in the order of its rows,
 * then those of all blocks in their order, on the driver. Sums of floating-point numbers depend on
 * their order, so this is what makes them the same whoever computed them.
 */
final class BlockSums {

  /** Bytes of sums that are fetched at once: all blocks of small sums, a few of large ones. */
  private static final long MOST_BYTES = 1L << 26;

  /** 128 MiB. */
  static final int MOST_NUMBERS = 1 << 24;

  private BlockSums() {}

  /** The sum over all rows. */
  static double[] of(JavaRDD<ImageRows> blocks, RowSum sum) {
    JavaRDD<double[]> sums = blocks.mapPartitions(new Add(sum));
    double[] total = new double[sum.length()];
    int count = blocks.getNumPartitions();
    int turn = (int) Math.max(1, MOST_BYTES / ((long) Double.BYTES * total.length));
    for (int first = 0; first < count; first += turn) {
      int[] blocksOfTurn = IntStream.range(first, Math.min(count, first + turn)).toArray();
      for (List<double[]> block : sums.collectPartitions(blocksOfTurn)) {
        block.forEach(numbers -> add(numbers, total));
      }
    }
    return total;
  }

  private static void add(double[] numbers, double[] total) {
    for (int i = 0; i < total.length; i++) {
      total[i] += numbers[i];
    }
  }

  private static final class Add implements FlatMapFunction<Iterator<ImageRows>, double[]> {

    private static final long serialVersionUID = 1L;

    private final RowSum sum;

    Add(RowSum sum) {
      this.sum = sum;
    }

    @Override
    public Iterator<double[]> call(Iterator<ImageRows> rows) {
      double[] numbers = new double[sum.length()];
      rows.forEachRemaining(image -> sum.add(image, numbers));
      return List.of(numbers).iterator();
    }
  }
}
