package org.retinaspark.job.eval;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many of a run of ranked detections were hits and false positives, in every set, at every
 * overlap threshold and under every limit of detections an image. Sums of runs are the state of
 * COCO's sweep where the next run begins.
 */
public final class CocoCounts implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The limits of detections an image: pycocotools' 1, 10 and 100, and one for crowds. */
  private static final int[] LIMITS = {1, 10, 100, CocoMatching.MOST_DETECTIONS};

  private final int bits;
  private final long[] detections;
  private final long[] hits;
  private final long[] others;

  /** Counts of nothing, for so many subsets and the set of all faces. */
  public CocoCounts(int subsets) {
    this.bits = (subsets + 1) * CocoThresholds.OVERLAPS;
    this.detections = new long[LIMITS.length];
    this.hits = new long[LIMITS.length * bits];
    this.others = new long[LIMITS.length * bits];
  }

  /** The limits of detections an image. */
  public static List<Integer> limits() {
    return Arrays.stream(LIMITS).boxed().toList();
  }

  int bits() {
    return bits;
  }

  /**
   * Adds one detection.
   *
   * @param rank its place among its image's, from 0
   * @param hitBits see {@link CocoMatching.Outcome#hits()}
   * @param otherBits see {@link CocoMatching.Outcome#others()}
   */
  public void add(int rank, long hitBits, long otherBits) {
    for (int limit = 0; limit < LIMITS.length; limit++) {
      if (rank < LIMITS[limit]) {
        detections[limit]++;
        increment(hits, limit, hitBits);
        increment(others, limit, otherBits);
      }
    }
  }

  private void increment(long[] counts, int limit, long mask) {
    for (long rest = mask; rest != 0; rest &= rest - 1) {
      counts[limit * bits + Long.numberOfTrailingZeros(rest)]++;
    }
  }

  /** Adds the counts of another run. */
  public void merge(CocoCounts other) {
    addTo(detections, other.detections);
    addTo(hits, other.hits);
    addTo(others, other.others);
  }

  /** A copy that may be counted on. */
  public CocoCounts copy() {
    CocoCounts copy = new CocoCounts(bits / CocoThresholds.OVERLAPS - 1);
    copy.merge(this);
    return copy;
  }

  static boolean within(int rank, int limit) {
    return rank < LIMITS[limit];
  }

  long hits(int limit, int bit) {
    return hits[limit * bits + bit];
  }

  /** Hits and false positives; ignored detections are neither. */
  long proposals(int limit, int bit) {
    return detections[limit] - others[limit * bits + bit] + hits[limit * bits + bit];
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

  private static void addTo(long[] sum, long[] more) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
  }
}
