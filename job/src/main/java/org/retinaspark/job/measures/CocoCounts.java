package org.retinaspark.job.measures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many of some ranked detections were hits and false positives, in every set, at every overlap
 * threshold and under every limit of detections an image. The counts of all that rank before a
 * detection are the state of COCO's sweep where it begins.
 *
 * <p>The counts are one row of numbers: for each limit its detections, then hits and others by bit.
 */
final class CocoCounts implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The limits of detections an image: pycocotools' 1, 10 and 100, and one for crowds. */
  private static final int[] LIMITS = {1, 10, 100, CocoMatching.MOST_DETECTIONS};

  private final int bits;
  private final long[] counts;

  /** Counts of nothing, for so many sets of faces. */
  CocoCounts(int sets) {
    this(sets, new long[numbers(sets)]);
  }

  /** Counts in a row that is given. */
  CocoCounts(int sets, long[] counts) {
    this.bits = sets * CocoThresholds.OVERLAPS;
    this.counts = counts;
  }

  /** How many numbers a row has. */
  static int numbers(int sets) {
    return LIMITS.length * (1 + 2 * sets * CocoThresholds.OVERLAPS);
  }

  /** The limits of detections an image. */
  static List<Integer> limits() {
    return Arrays.stream(LIMITS).boxed().toList();
  }

  /** Whether a detection of a rank, from 0, counts under a limit. */
  static boolean within(int rank, int limit) {
    return rank < LIMITS[limit];
  }

  /**
   * Adds one detection.
   *
   * @param rank its place among its image's, from 0
   * @param hits see {@link CocoMatching.Outcome#hits()}
   * @param others see {@link CocoMatching.Outcome#others()}
   */
  void add(int rank, long hits, long others) {
    for (int limit = 0; limit < LIMITS.length; limit++) {
      if (within(rank, limit)) {
        int detections = limit * (1 + 2 * bits);
        counts[detections]++;
        increment(detections + 1, hits);
        increment(detections + 1 + bits, others);
      }
    }
  }

  private void increment(int first, long mask) {
    for (long rest = mask; rest != 0; rest &= rest - 1) {
      counts[first + Long.numberOfTrailingZeros(rest)]++;
    }
  }

  void merge(CocoCounts other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /** A copy that may be counted on. */
  CocoCounts copy() {
    return new CocoCounts(bits / CocoThresholds.OVERLAPS, counts.clone());
  }

  long detections(int limit) {
    return counts[limit * (1 + 2 * bits)];
  }

  long hits(int limit, int bit) {
    return counts[limit * (1 + 2 * bits) + 1 + bit];
  }

  private long others(int limit, int bit) {
    return counts[limit * (1 + 2 * bits) + 1 + bits + bit];
  }

  /** Hits and false positives; ignored detections are neither. */
  long proposals(int limit, int bit) {
    return detections(limit) - others(limit, bit) + hits(limit, bit);
  }

  /** The mean recall over the overlap thresholds, for each limit of one set. */
  List<Double> averageRecalls(int set, long faces) {
    List<Double> recalls = new ArrayList<>();
    for (int limit = 0; limit < LIMITS.length; limit++) {
      double sum = 0;
      for (int overlap = 0; overlap < CocoThresholds.OVERLAPS; overlap++) {
        sum += (double) hits(limit, set * CocoThresholds.OVERLAPS + overlap) / faces;
      }
      recalls.add(sum / CocoThresholds.OVERLAPS);
    }
    return recalls;
  }
}
