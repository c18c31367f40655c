package org.retinaspark.job.measures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * COCO's counts by bins of the score: all that a {@link CocoRanking} must know before detections
 * are ranked.
 */
public final class CocoBins implements Measure<PairedImage, CocoBins.Totals, CocoBins> {

  private static final long serialVersionUID = 1L;

  private static final int BINS = Normalisation.THRESHOLDS + 1;

  /**
   * What was counted.
   *
   * @param sets names of the subsets, then of the set of all faces
   * @param faces {@code [sets]}: the faces of each
   * @param bins the counts in each bin of {@link Normalisation#bin}, highest scores first
   */
  public record Totals(List<String> sets, long[] faces, List<CocoCounts> bins) {}

  private final List<String> subsets;
  private final Normalisation normalisation;
  private final CountTable faces;
  private final CountTable bins;

  /** Counts of nothing yet, for subsets and the set of all faces. */
  public CocoBins(List<String> subsets, Normalisation normalisation) {
    this.subsets = List.copyOf(subsets);
    this.normalisation = normalisation;
    this.faces = new CountTable(1, subsets.size() + 1);
    this.bins = new CountTable(BINS, CocoCounts.numbers(subsets.size() + 1));
  }

  @Override
  public CocoBins empty() {
    return new CocoBins(subsets, normalisation);
  }

  @Override
  public void update(PairedImage image) {
    Truth truth = image.truth();
    for (int face = 0; face < truth.faces(); face++) {
      for (int subset = 0; subset < subsets.size(); subset++) {
        faces.add(0, subset, truth.counts(face, subset) ? 1 : 0);
      }
    }
    faces.add(0, subsets.size(), truth.faces());
    CocoMatching.Outcome outcome = CocoMatching.match(image, subsets.size());
    for (int rank = 0; rank < outcome.hits().length; rank++) {
      long[] row = bins.writable(normalisation.bin(image.ranked().scores()[rank]));
      new CocoCounts(subsets.size() + 1, row)
          .add(rank, outcome.hits()[rank], outcome.others()[rank]);
    }
  }

  @Override
  public void merge(CocoBins other) {
    faces.merge(other.faces);
    bins.merge(other.bins);
  }

  @Override
  public Totals result() {
    List<String> sets = new ArrayList<>(subsets);
    sets.add("all");
    List<CocoCounts> counts = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      counts.add(new CocoCounts(sets.size(), bins.row(bin)));
    }
    return new Totals(
        Collections.unmodifiableList(sets), faces.row(0), Collections.unmodifiableList(counts));
  }
}
