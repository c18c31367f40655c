package org.retinaspark.job.measures.dense;

import java.io.Serializable;

/**
 * The errors of one kind, summed by yaw in whole billionths, so that the order of adding changes
 * nothing.
 */
public final class ErrorSums implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final double UNIT = 1e-9;

  /**
   * Errors that a sum of 63 bits can hold for millions of faces: half a turn is less, and larger
   * distances count as this.
   */
  private static final double LARGEST = 1000;

  private final long[] faces = new long[YawBin.values().length];
  private final long[] sums = new long[YawBin.values().length];

  /** Adds a face's; one that isn't finite is none. */
  void add(YawBin bin, double error) {
    if (Double.isFinite(error)) {
      faces[bin.place()]++;
      sums[bin.place()] += Math.round(Math.min(error, LARGEST) / UNIT);
    }
  }

  void merge(ErrorSums other) {
    for (int bin = 0; bin < faces.length; bin++) {
      faces[bin] += other.faces[bin];
      sums[bin] += other.sums[bin];
    }
  }

  /** How many faces of a bin have an error. */
  public long faces(YawBin bin) {
    return faces[bin.place()];
  }

  /** The mean error of a bin's faces; NaN where there are none. */
  public double mean(YawBin bin) {
    return mean(sums[bin.place()], faces(bin));
  }

  /** How many faces have an error. */
  public long faces() {
    return sum(faces);
  }

  /** The mean error of all faces; NaN where there are none. */
  public double mean() {
    return mean(sum(sums), faces());
  }

  /**
   * The mean of the three bins' means, in which a bin counts as much as another whatever its number
   * of faces, as in most tables on AFLW2000-3D; NaN where a bin has none.
   */
  public double meanOfBins() {
    double sum = 0;
    for (YawBin bin : YawBin.values()) {
      sum += mean(bin);
    }
    return sum / YawBin.values().length;
  }

  private static double mean(long sum, long faces) {
    return faces == 0 ? Double.NaN : sum * UNIT / faces;
  }

  private static long sum(long[] numbers) {
    long sum = 0;
    for (long number : numbers) {
      sum += number;
    }
    return sum;
  }
}
