package org.retinaspark.job.eval;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The highest precision at each of COCO's 101 recall thresholds ({@code COCOeval.accumulate}): fed
 * with runs of ranked detections, each with the counts before it, in any order of the runs; merging
 * takes the larger. Precision rises only where a detection hits, so only hits are looked at.
 */
public final class CocoEnvelope implements Serializable {

  private static final long serialVersionUID = 1L;

  /** numpy's {@code spacing(1)}, which pycocotools adds to the denominator. */
  private static final double SPACING = Math.ulp(1.0);

  private final long[] faces;
  private final double[][] highest;

  /**
   * An envelope of nothing.
   *
   * @param faces the faces of each subset, then of the set of all
   */
  public CocoEnvelope(long[] faces) {
    this.faces = faces.clone();
    int curves = CocoCounts.limits().size() * faces.length * CocoThresholds.OVERLAPS;
    this.highest = new double[curves][CocoThresholds.RECALLS];
  }

  /**
   * Looks at the next detection of a run.
   *
   * @param counts the counts before it, to which it is added
   * @param rank its place among its image's, from 0
   * @param hits see {@link CocoMatching.Outcome#hits()}
   * @param others see {@link CocoMatching.Outcome#others()}
   */
  public void update(CocoCounts counts, int rank, long hits, long others) {
    counts.add(rank, hits, others);
    for (long rest = hits; rest != 0; rest &= rest - 1) {
      int bit = Long.numberOfTrailingZeros(rest);
      for (int limit = 0; limit < CocoCounts.limits().size(); limit++) {
        if (CocoCounts.within(rank, limit)) {
          long found = counts.hits(limit, bit);
          double precision = found / (counts.proposals(limit, bit) + SPACING);
          double recall = (double) found / faces[bit / CocoThresholds.OVERLAPS];
          double[] curve = highest[limit * counts.bits() + bit];
          int reached = CocoThresholds.reached(recall);
          curve[reached] = Math.max(curve[reached], precision);
        }
      }
    }
  }

  /** Takes in what another run reached. */
  public void merge(CocoEnvelope other) {
    for (int curve = 0; curve < highest.length; curve++) {
      for (int i = 0; i < CocoThresholds.RECALLS; i++) {
        highest[curve][i] = Math.max(highest[curve][i], other.highest[curve][i]);
      }
    }
  }

  /**
   * The metrics of every set that has faces.
   *
   * @param names of the subsets, then of the set of all
   * @param totals the counts of all detections
   */
  public List<CocoMetrics> result(List<String> names, CocoCounts totals) {
    List<CocoMetrics> metrics = new ArrayList<>();
    for (int set = 0; set < faces.length; set++) {
      if (faces[set] == 0) {
        continue;
      }
      List<Double> recalls = totals.averageRecalls(set, faces[set]);
      for (int limit = 0; limit < recalls.size(); limit++) {
        double sum = 0;
        int first = limit * totals.bits() + set * CocoThresholds.OVERLAPS;
        for (int overlap = 0; overlap < CocoThresholds.OVERLAPS; overlap++) {
          sum += average(highest[first + overlap]);
        }
        metrics.add(
            new CocoMetrics(
                names.get(set),
                CocoCounts.limits().get(limit),
                faces[set],
                sum / CocoThresholds.OVERLAPS,
                average(highest[first]),
                average(highest[first + CocoThresholds.OVERLAPS / 2]),
                recalls.get(limit)));
      }
    }
    return metrics;
  }

  private static double average(double[] curve) {
    double sum = 0;
    double envelope = 0;
    for (int i = curve.length - 1; i >= 0; i--) {
      envelope = Math.max(envelope, curve[i]);
      sum += envelope;
    }
    return sum / curve.length;
  }
}
