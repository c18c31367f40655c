package org.retinaspark.job.measures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * COCO ranks all detections of the set by score. The ranking is cut into ranges of scores, about
 * equal in size, and this knows the counts of all that rank before each range; so every range can
 * be walked by itself, and exactly.
 *
 * <p>Equal scores rank by the image's place in the ground truth, then by their order in the image,
 * as in pycocotools when image ids follow the ground truth.
 */
public final class CocoRanking implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Bits of {@link Ranked#order} that hold a detection's rank in its image. */
  private static final int RANK_BITS = 10;

  private final List<String> sets;
  private final long[] faces;
  private final Normalisation normalisation;
  private final int[] ranges;
  private final List<CocoCounts> before = new ArrayList<>();
  private final CocoCounts all;

  /**
   * A detection in the ranking: within a range by descending score, then by ascending order.
   *
   * @param range the range of its score, from 0 for the highest
   * @param score its score
   * @param order its image's ordinal and its rank there
   * @param hits see {@link CocoMatching.Outcome#hits()}
   * @param others see {@link CocoMatching.Outcome#others()}
   */
  public record Ranked(int range, double score, long order, long hits, long others) {

    /** Its place among its image's, from 0. */
    int rank() {
      return (int) (order & ((1 << RANK_BITS) - 1));
    }
  }

  /**
   * Cuts a ranking.
   *
   * @param totals of the set, counted by the same normalisation
   * @param parts how many ranges to cut, about
   */
  public CocoRanking(CocoBins.Totals totals, Normalisation normalisation, int parts) {
    this.sets = List.copyOf(totals.sets());
    this.faces = totals.faces().clone();
    this.normalisation = normalisation;
    this.ranges = new int[totals.bins().size()];
    int widest = CocoCounts.limits().size() - 1;
    long detections = totals.bins().stream().mapToLong(bin -> bin.detections(widest)).sum();
    long size = Math.max(1, detections / parts);
    CocoCounts sum = new CocoCounts(sets.size());
    before.add(sum.copy());
    long filled = 0;
    for (int i = 0; i < ranges.length; i++) {
      ranges[i] = before.size() - 1;
      sum.merge(totals.bins().get(i));
      filled += totals.bins().get(i).detections(widest);
      if (filled >= size && i < ranges.length - 1) {
        before.add(sum.copy());
        filled = 0;
      }
    }
    this.all = sum;
  }

  /** How many ranges there are. */
  public int ranges() {
    return before.size();
  }

  /** The detections of an image that are ranked, with what became of them. */
  public Iterator<Ranked> detections(PairedImage image) {
    double[] scores = image.ranked().scores();
    long ordinal = image.truth().ordinal();
    CocoMatching.Outcome outcome = CocoMatching.match(image, sets.size() - 1);
    return IntStream.range(0, outcome.hits().length)
        .mapToObj(
            rank ->
                new Ranked(
                    ranges[normalisation.bin(scores[rank])],
                    scores[rank],
                    ordinal << RANK_BITS | rank,
                    outcome.hits()[rank],
                    outcome.others()[rank]))
        .iterator();
  }

  /** The counts of all that rank before a range, to count on. */
  CocoCounts before(int range) {
    return before.get(range).copy();
  }

  /** The counts of all detections. */
  CocoCounts all() {
    return all;
  }

  /** Names of the subsets, then of the set of all faces. */
  List<String> sets() {
    return sets;
  }

  /** The faces of a set. */
  long faces(int set) {
    return faces[set];
  }
}
