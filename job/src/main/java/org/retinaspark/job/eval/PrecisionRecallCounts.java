package org.retinaspark.job.eval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The counts behind the official precision-recall curves, for every subset and slice at once: per
 * threshold, how many detections are proposals and how many faces are hit ({@code
 * image_evaluation.m}, {@code image_pr_info.m}).
 *
 * <p>A detection that overlaps no face is a proposal in every subset and slice of its image, so
 * those are counted once an event; one that overlaps a face is a proposal where the face counts,
 * and ignored where it doesn't. Memory depends on the layout only, never on the number of images.
 */
public final class PrecisionRecallCounts {

  private final Layout layout;
  private final LongTable unmatched;
  private final LongTable proposals;
  private final LongTable hits;
  private final LongTable faces;
  private final LongTable images;

  /** Counts of nothing yet. */
  public PrecisionRecallCounts(Layout layout) {
    this(
        layout,
        new LongTable(layout.events().size(), Normalisation.THRESHOLDS + 1),
        new LongTable(layout.subsets().size() * layout.groups(), Normalisation.THRESHOLDS + 1),
        new LongTable(layout.subsets().size() * layout.groups(), Normalisation.THRESHOLDS + 1),
        new LongTable(1, layout.subsets().size() * layout.groups()),
        new LongTable(1, layout.events().size()));
  }

  private PrecisionRecallCounts(
      Layout layout,
      LongTable unmatched,
      LongTable proposals,
      LongTable hits,
      LongTable faces,
      LongTable images) {
    this.layout = layout;
    this.unmatched = unmatched;
    this.proposals = proposals;
    this.hits = hits;
    this.faces = faces;
    this.images = images;
  }

  /** Counts one image. */
  public void update(
      Truth truth, Detections found, Normalisation normalisation, BoxArithmetic arithmetic) {
    images.add(0, truth.event(), 1);
    countFaces(truth);
    if (truth.faces() == 0 || found.count() == 0) {
      return;
    }
    Detections detections = ordered(found, normalisation.dialect());
    int[] matches = Matching.match(detections, truth, arithmetic);
    int[] bins = bins(detections, normalisation);
    boolean[] hit = new boolean[truth.faces()];
    for (int i = 0; i < matches.length; i++) {
      int face = matches[i];
      if (face == Matching.NONE) {
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
      for (int subset = 0; subset < layout.subsets().size(); subset++) {
        if (truth.counts(face, subset)) {
          faces.add(0, layout.whole(subset), 1);
          faces.add(0, layout.event(subset, truth.event()), 1);
          for (int rest = truth.slices()[face]; rest != 0; rest &= rest - 1) {
            faces.add(0, layout.slice(subset, Integer.numberOfTrailingZeros(rest)), 1);
          }
        }
      }
    }
  }

  private void count(LongTable table, Truth truth, int face, int bin) {
    for (int subset = 0; subset < layout.subsets().size(); subset++) {
      if (truth.counts(face, subset)) {
        table.add(layout.whole(subset), bin, 1);
        table.add(layout.event(subset, truth.event()), bin, 1);
        for (int rest = truth.slices()[face]; rest != 0; rest &= rest - 1) {
          table.add(layout.slice(subset, Integer.numberOfTrailingZeros(rest)), bin, 1);
        }
      }
    }
  }

  /** In the order of evaluation: MATLAB sorts by descending score, keeping the order of ties. */
  static Detections ordered(Detections detections, Dialect dialect) {
    return dialect == Dialect.PYTHON ? detections : byScore(detections);
  }

  static Detections byScore(Detections detections) {
    double[] scores = detections.scores();
    boolean sorted = IntStream.range(1, scores.length).allMatch(i -> scores[i - 1] >= scores[i]);
    if (sorted) {
      return detections;
    }
    Comparator<Integer> descending = (a, b) -> Double.compare(scores[b], scores[a]);
    return detections.select(
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(descending)
            .mapToInt(Integer::intValue)
            .toArray());
  }

  /**
   * The first threshold at which each detection counts. The tool takes everything up to the last
   * detection that reaches the threshold, so a detection counts no later than any after it; that
   * matters only where they aren't sorted.
   */
  private static int[] bins(Detections detections, Normalisation normalisation) {
    int[] bins = Arrays.stream(detections.scores()).mapToInt(normalisation::bin).toArray();
    for (int i = bins.length - 2; i >= 0; i--) {
      bins[i] = Math.min(bins[i], bins[i + 1]);
    }
    return bins;
  }

  /**
   * Adds the counts of other images.
   *
   * @throws IllegalArgumentException if they were counted by another layout
   */
  public void merge(PrecisionRecallCounts other) {
    if (!layout.equals(other.layout)) {
      throw new IllegalArgumentException("counts of different layouts can't be merged");
    }
    unmatched.merge(other.unmatched);
    proposals.merge(other.proposals);
    hits.merge(other.hits);
    faces.merge(other.faces);
    images.merge(other.images);
  }

  /** A curve for every subset, and for every slice of it that has faces. */
  public List<Curve> result() {
    long[] everywhere = new long[Normalisation.THRESHOLDS + 1];
    for (int event = 0; event < layout.events().size(); event++) {
      addTo(everywhere, unmatched.row(event));
    }
    long all = Arrays.stream(images.row(0)).sum();
    List<Slice> names = layout.groupNames();
    List<Curve> curves = new ArrayList<>();
    for (int subset = 0; subset < layout.subsets().size(); subset++) {
      for (int group = 0; group < names.size(); group++) {
        int row = layout.whole(subset) + group;
        if (group > 0 && faces.at(0, row) == 0) {
          continue;
        }
        int event = group - 1 - layout.slices().size();
        long[] proposed = proposals.row(row);
        addTo(proposed, event < 0 ? everywhere : unmatched.row(event));
        PrecisionRecallCurve curve =
            new PrecisionRecallCurve(
                cumulative(proposed),
                cumulative(hits.row(row)),
                faces.at(0, row),
                event < 0 ? all : images.at(0, event));
        curves.add(new Curve(layout.subsets().get(subset), names.get(group), curve));
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

  void write(DataOutput out) throws IOException {
    for (LongTable table : List.of(unmatched, proposals, hits, faces, images)) {
      table.write(out);
    }
  }

  static PrecisionRecallCounts read(Layout layout, DataInput in) throws IOException {
    LongTable unmatched = LongTable.read(in);
    LongTable proposals = LongTable.read(in);
    LongTable hits = LongTable.read(in);
    LongTable faces = LongTable.read(in);
    return new PrecisionRecallCounts(layout, unmatched, proposals, hits, faces, LongTable.read(in));
  }
}
