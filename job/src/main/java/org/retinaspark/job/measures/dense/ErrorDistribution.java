package org.retinaspark.job.measures.dense;

import java.io.Serializable;

/**
 * The errors of one kind: their mean, and how they are distributed. Sums are kept in whole
 * billionths, so that the order of adding changes nothing.
 */
public final class ErrorDistribution implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The error up to which the area under the curve is taken, and above which a face failed. */
  public static final double FAILURE = 0.1;

  /** Points of {@link #cumulative}. */
  public static final int CURVE = 200;

  /** How far apart they are, and how finely {@link #median} is told. */
  public static final double STEP = 0.001;

  private static final int STEPS = 1000;
  private static final double UNIT = 1e-9;

  /** Errors that a sum of 63 bits can hold for billions of faces; larger ones count as this. */
  private static final double LARGEST = 10;

  private final long[] histogram = new long[STEPS + 1];
  private long sum;
  private long area;
  private double largest;

  /** Adds a face's; one that isn't finite is none. */
  void add(double error) {
    if (Double.isFinite(error)) {
      sum += Math.round(Math.min(error, LARGEST) / UNIT);
      largest = Math.max(largest, error);
      area += Math.round(Math.max(0, 1 - error / FAILURE) / UNIT);
      // A step ends with the error that it is named by, as in the CED of landmarks.
      histogram[(int) Math.min(STEPS, Math.ceil(error / STEP) - (error > 0 ? 1 : 0))]++;
    }
  }

  void merge(ErrorDistribution other) {
    sum += other.sum;
    area += other.area;
    largest = Math.max(largest, other.largest);
    for (int step = 0; step < histogram.length; step++) {
      histogram[step] += other.histogram[step];
    }
  }

  /** How many faces have an error. */
  public long faces() {
    return upTo(STEPS + 1);
  }

  /** The mean error; NaN of no faces. */
  public double mean() {
    return faces() == 0 ? Double.NaN : sum * UNIT / faces();
  }

  /**
   * The error that half of the faces have at most, taken to be spread evenly within each thousandth
   * up to the largest; 1 where it is 1 or more, NaN of no faces.
   */
  public double median() {
    double half = faces() / 2.0;
    if (half == 0) {
      return Double.NaN;
    }
    long below = 0;
    for (int step = 0; step < STEPS; step++) {
      if (below + histogram[step] >= half) {
        return Math.min(largest, STEP * (step + (half - below) / histogram[step]));
      }
      below += histogram[step];
    }
    return 1;
  }

  /** The share of faces whose error is at most so many thousandths, 0 to 1000; NaN of no faces. */
  public double share(int thousandths) {
    return faces() == 0 ? Double.NaN : (double) upTo(thousandths) / faces();
  }

  /**
   * The area under the cumulative curve from 0 to {@value #FAILURE}, over {@value #FAILURE}: 1 if
   * no face has an error, 0 if each failed; NaN of no faces.
   */
  public double areaUnderCurve() {
    return faces() == 0 ? Double.NaN : area * UNIT / faces();
  }

  /**
   * {@code [200]}: the share of faces with an error of at most 0.1%, 0.2%, ... 20%, the cumulative
   * error distribution (CED).
   */
  public double[] cumulative() {
    double[] shares = new double[CURVE];
    for (int point = 0; point < CURVE; point++) {
      shares[point] = share(point + 1);
    }
    return shares;
  }

  private long upTo(int steps) {
    long faces = 0;
    for (int step = 0; step < steps; step++) {
      faces += histogram[step];
    }
    return faces;
  }
}
