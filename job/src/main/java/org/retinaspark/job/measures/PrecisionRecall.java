package org.retinaspark.job.measures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The counts behind the official precision-recall curves, for every subset and slice at once: per
 * threshold, how many detections are proposals and how many faces are hit ({@code
 * image_evaluation.m}, {@code image_pr_info.m}).
 *
 * <p>A detection that overlaps no face is a proposal in every subset and slice of its image, so
 * those are counted once an event; one that overlaps a face is a proposal where the face counts,
 * and ignored where it doesn't. Memory depends on the breakdown only, never on the number of
 * images.
 */
public final class PrecisionRecall
    implements Measure<PairedImage, List<PrecisionRecallCurve>, PrecisionRecall> {

  private static final long serialVersionUID = 1L;

  private final Breakdown breakdown;
  private final Normalisation normalisation;
  private final OfficialMatching matching;
  private final CountTable unmatched;
  private final CountTable proposals;
  private final CountTable hits;
  private final CountTable faces;
  private final CountTable images;

  /**
   * Counts of nothing yet.
   *
   * @param breakdown what is counted separately
   * @param normalisation from scores to thresholds, with the dialect
   * @param matching by whose numbers detections find faces
   */
  public PrecisionRecall(
      Breakdown breakdown, Normalisation normalisation, OfficialMatching matching) {
    this.breakdown = breakdown;
    this.normalisation = normalisation;
    this.matching = matching;
    int events = breakdown.events().size();
    int groups = breakdown.subsets().size() * breakdown.groups();
    this.unmatched = new CountTable(events, Normalisation.THRESHOLDS + 1);
    this.proposals = new CountTable(groups, Normalisation.THRESHOLDS + 1);
    this.hits = new CountTable(groups, Normalisation.THRESHOLDS + 1);
    this.faces = new CountTable(1, groups);
    this.images = new CountTable(1, events);
  }

  @Override
  public PrecisionRecall empty() {
    return new PrecisionRecall(breakdown, normalisation, matching);
  }

  @Override
  public void update(PairedImage image) {
    Truth truth = image.truth();
    images.add(0, truth.event(), 1);
    countFaces(truth);
    if (truth.faces() == 0 || image.detections().count() == 0) {
      return;
    }
    // MATLAB sorts by descending score, keeping the order of ties; the port takes the file's order.
    boolean filed = normalisation.dialect() == Dialect.PYTHON;
    Detections detections = filed ? image.detections() : image.ranked();
    int[] matches = filed ? matching.match(detections, truth) : image.matches(matching);
    int[] bins = bins(detections);
    boolean[] hit = new boolean[truth.faces()];
    for (int i = 0; i < matches.length; i++) {
      int face = matches[i];
      if (face == OfficialMatching.NONE) {
        unmatched.add(truth.event(), bins[i], 1);
        continue;
      }
      count(proposals, truth, face, bins[i]);
      if (!hit[face]) {
        hit[face] = true;
        count(hits, truth, face, bins[i]);
      }
    }
  }

  private void countFaces(Truth truth) {
    for (int face = 0; face < truth.faces(); face++) {
      for (int subset = 0; subset < breakdown.subsets().size(); subset++) {
        if (truth.counts(face, subset)) {
          faces.add(0, breakdown.whole(subset), 1);
          faces.add(0, breakdown.event(subset, truth.event()), 1);
          for (int rest = truth.slices()[face]; rest != 0; rest &= rest - 1) {
            faces.add(0, breakdown.slice(subset, Integer.numberOfTrailingZeros(rest)), 1);
          }
        }
      }
    }
  }

  private void count(CountTable table, Truth truth, int face, int bin) {
    for (int subset = 0; subset < breakdown.subsets().size(); subset++) {
      if (truth.counts(face, subset)) {
        table.add(breakdown.whole(subset), bin, 1);
        table.add(breakdown.event(subset, truth.event()), bin, 1);
        for (int rest = truth.slices()[face]; rest != 0; rest &= rest - 1) {
          table.add(breakdown.slice(subset, Integer.numberOfTrailingZeros(rest)), bin, 1);
        }
      }
    }
  }

  /**
   * The first threshold at which each detection counts. The tool takes everything up to the last
   * detection that reaches the threshold, so a detection counts no later than any after it; that
   * matters only where they aren't sorted.
   */
  private int[] bins(Detections detections) {
    int[] bins = Arrays.stream(detections.scores()).mapToInt(normalisation::bin).toArray();
    for (int i = bins.length - 2; i >= 0; i--) {
      bins[i] = Math.min(bins[i], bins[i + 1]);
    }
    return bins;
  }

  @Override
  public void merge(PrecisionRecall other) {
    unmatched.merge(other.unmatched);
    proposals.merge(other.proposals);
    hits.merge(other.hits);
    faces.merge(other.faces);
    images.merge(other.images);
  }

  /** A curve for every subset, and for every slice of it that has faces. */
  @Override
  public List<PrecisionRecallCurve> result() {
    long[] everywhere = new long[Normalisation.THRESHOLDS + 1];
    for (int event = 0; event < breakdown.events().size(); event++) {
      addTo(everywhere, unmatched.row(event));
    }
    long all = Arrays.stream(images.row(0)).sum();
    List<FaceSlice> names = breakdown.groupNames();
    List<PrecisionRecallCurve> curves = new ArrayList<>();
    for (int subset = 0; subset < breakdown.subsets().size(); subset++) {
      for (int group = 0; group < names.size(); group++) {
        int row = breakdown.whole(subset) + group;
        if (group > 0 && faces.at(0, row) == 0) {
          continue;
        }
        int event = group - 1 - breakdown.slices().size();
        long[] proposed = proposals.row(row);
        addTo(proposed, event < 0 ? everywhere : unmatched.row(event));
        curves.add(
            new PrecisionRecallCurve(
                breakdown.subsets().get(subset),
                names.get(group),
                cumulative(proposed),
                cumulative(hits.row(row)),
                faces.at(0, row),
                event < 0 ? all : images.at(0, event)));
      }
    }
    return curves;
  }

  private static void addTo(long[] sum, long[] row) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += row[i];
    }
  }

  private static long[] cumulative(long[] histogram) {
    long[] sums = Arrays.copyOf(histogram, Normalisation.THRESHOLDS);
    Arrays.parallelPrefix(sums, Long::sum);
    return sums;
  }
}
