package org.retinaspark.job.measures;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * COCO's AP and AR ({@code COCOeval.accumulate}): the highest precision at each of the 101 recall
 * thresholds. Looks at ranges of a {@link CocoRanking}, in any order of the ranges, but each from
 * its first detection to its last; merging takes the larger. Precision rises only where a detection
 * hits, so only hits are looked at.
 */
public final class CocoEnvelope
    implements Measure<CocoRanking.Ranked, List<CocoMetrics>, CocoEnvelope> {

  private static final long serialVersionUID = 1L;

  /** numpy's {@code spacing(1)}, which pycocotools adds to the denominator. */
  private static final double SPACING = Math.ulp(1.0);

  private static final int LIMITS = CocoCounts.limits().size();

  private final CocoRanking ranking;
  private final int bits;
  private final double[][] highest;
  private transient @Nullable CocoCounts counts;
  private transient int range;

  /** Of no detections yet. */
  public CocoEnvelope(CocoRanking ranking) {
    this.ranking = ranking;
    this.bits = ranking.sets().size() * CocoThresholds.OVERLAPS;
    this.highest = new double[LIMITS * bits][CocoThresholds.RECALLS];
  }

  @Override
  public CocoEnvelope empty() {
    return new CocoEnvelope(ranking);
  }

  @Override
  public void update(CocoRanking.Ranked detection) {
    CocoCounts running = counts;
    if (running == null || range != detection.range()) {
      running = ranking.before(detection.range());
      counts = running;
      range = detection.range();
    }
    int rank = detection.rank();
    running.add(rank, detection.hits(), detection.others());
    for (long rest = detection.hits(); rest != 0; rest &= rest - 1) {
      int bit = Long.numberOfTrailingZeros(rest);
      long faces = ranking.faces(bit / CocoThresholds.OVERLAPS);
      for (int limit = 0; limit < LIMITS; limit++) {
        if (CocoCounts.within(rank, limit)) {
          long found = running.hits(limit, bit);
          double precision = found / (running.proposals(limit, bit) + SPACING);
          double[] curve = highest[limit * bits + bit];
          int reached = CocoThresholds.reached((double) found / faces);
          curve[reached] = Math.max(curve[reached], precision);
        }
      }
    }
  }

  @Override
  public void merge(CocoEnvelope other) {
    for (int curve = 0; curve < highest.length; curve++) {
      for (int i = 0; i < CocoThresholds.RECALLS; i++) {
        highest[curve][i] = Math.max(highest[curve][i], other.highest[curve][i]);
      }
    }
  }

  /** The metrics of every set that has faces, under each limit. */
  @Override
  public List<CocoMetrics> result() {
    List<CocoMetrics> metrics = new ArrayList<>();
    for (int set = 0; set < ranking.sets().size(); set++) {
      if (ranking.faces(set) == 0) {
        continue;
      }
      List<Double> recalls = ranking.all().averageRecalls(set, ranking.faces(set));
      for (int limit = 0; limit < LIMITS; limit++) {
        double sum = 0;
        int first = limit * bits + set * CocoThresholds.OVERLAPS;
        for (int overlap = 0; overlap < CocoThresholds.OVERLAPS; overlap++) {
          sum += average(highest[first + overlap]);
        }
        metrics.add(
            new CocoMetrics(
                ranking.sets().get(set),
                CocoCounts.limits().get(limit),
                ranking.faces(set),
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
