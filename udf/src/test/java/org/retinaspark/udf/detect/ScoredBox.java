package org.retinaspark.udf.detect;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Candidates for the tests of merges. */
record ScoredBox(float score, Box box) {

  private static final Placement SAME = new Placement(100, 100, 100, 100, 100, 100);
  private static final Mirror BOXES_ONLY = new Mirror(0, List.of());

  /** The best so many, as a detector hands them to a merge. */
  static Candidates candidates(List<ScoredBox> boxes, Thresholds thresholds) {
    Candidates candidates = new Candidates(BOXES_ONLY);
    for (ScoredBox each : boxes) {
      candidates.add(SAME, each.score(), each.box());
    }
    return candidates.best(thresholds.candidates());
  }

  /** Of distinct scores, and close together. */
  static Arbitrary<List<ScoredBox>> few() {
    // Sides in quarters: sums are exact, so that the reference rounds as the code does.
    Arbitrary<Float> sides = Arbitraries.integers().between(1, 160).map(side -> side / 4f);
    Arbitrary<Float> places = Arbitraries.integers().between(-40, 200).map(place -> place / 4f);
    Arbitrary<ScoredBox> box =
        Combinators.combine(
                Arbitraries.integers().between(1, 1_000_000), places, places, sides, sides)
            .as((score, x, y, w, h) -> new ScoredBox(score / 1e6f, new Box(x, y, x + w, y + h)));
    return box.list().ofMaxSize(60).map(ScoredBox::withDistinctScores);
  }

  private static List<ScoredBox> withDistinctScores(List<ScoredBox> boxes) {
    Set<Float> seen = new HashSet<>();
    return boxes.stream().filter(box -> seen.add(box.score())).toList();
  }

  /** Of nine scores, small, giant, and some that end before they begin. */
  static Arbitrary<List<ScoredBox>> crowds() {
    Arbitrary<Float> scores = Arbitraries.integers().between(1, 9).map(tenths -> tenths / 10f);
    Arbitrary<Float> places = Arbitraries.floats().between(-50, 1100);
    Arbitrary<Float> sides =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.floats().between(0, 60)),
            Tuple.of(2, Arbitraries.floats().between(0, 2000)),
            Tuple.of(1, Arbitraries.of(0x1p50f, 0x1p65f, 0x1p100f, -0.5f)));
    Arbitrary<ScoredBox> box =
        Combinators.combine(scores, places, places, sides, sides)
            .as((score, x, y, w, h) -> new ScoredBox(score, new Box(x, y, x + w, y + h)));
    return box.list().ofMaxSize(300);
  }

  /** With +1 on every side. */
  static float intersectionOverUnion(Box a, Box b) {
    float width = Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1()) + 1;
    float height = Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1()) + 1;
    if (width <= 0 || height <= 0) {
      return 0;
    }
    float both = width * height;
    return both / ((a.width() + 1) * (a.height() + 1) + (b.width() + 1) * (b.height() + 1) - both);
  }
}
