package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.FloatRange;

final class NonMaximumSuppressionTest {

  private static final Placement SAME = new Placement(100, 100, 100, 100, 100, 100);
  private static final Mirror BOXES_ONLY = new Mirror(0, List.of());
  private static final float OVERLAP = 0.4f;

  record Scored(float score, Box box) {}

  @Property
  void noTwoFacesOverlapByMoreThanTheThreshold(@ForAll("boxes") List<Scored> boxes) {
    List<Face> faces = suppress(boxes, Thresholds.WIDER_FACE);
    for (int index = 0; index < faces.size(); index++) {
      for (Face better : faces.subList(0, index)) {
        assertThat(intersectionOverUnion(faces.get(index).box(), better.box()))
            .isLessThanOrEqualTo(OVERLAP);
      }
    }
  }

  @Property
  void orderOfCandidatesMakesNoDifferenceForDistinctScores(
      @ForAll("boxes") List<Scored> boxes, @ForAll Random random) {
    List<Scored> shuffled = new ArrayList<>(boxes);
    Collections.shuffle(shuffled, random);
    assertThat(suppress(shuffled, Thresholds.WIDER_FACE))
        .isEqualTo(suppress(boxes, Thresholds.WIDER_FACE));
  }

  @Property
  void isTheGreedyAlgorithm(@ForAll("boxes") List<Scored> boxes) {
    List<Scored> open = new ArrayList<>(boxes);
    open.sort(Comparator.comparing(Scored::score).reversed());
    List<Box> expected = new ArrayList<>();
    while (!open.isEmpty()) {
      Scored best = open.remove(0);
      expected.add(best.box());
      open.removeIf(other -> intersectionOverUnion(best.box(), other.box()) > OVERLAP);
    }
    assertThat(suppress(boxes, Thresholds.WIDER_FACE).stream().map(Face::box))
        .containsExactlyElementsOf(expected);
  }

  @Property
  void limitsKeepTheBest(@ForAll("boxes") List<Scored> boxes) {
    List<Face> all = suppress(boxes, Thresholds.WIDER_FACE);
    List<Face> three = suppress(boxes, new Thresholds(0.02f, OVERLAP, 5000, 3, 0));
    assertThat(three).isEqualTo(all.subList(0, Math.min(3, all.size())));
  }

  @Property
  void isThePlainAlgorithmToTheBitWithTiesAndCrowdsAndGiants(
      @ForAll("crowds") List<Scored> boxes, @ForAll @FloatRange(max = 1) float threshold) {
    List<Scored> open = new ArrayList<>(boxes);
    open.sort(Comparator.comparing(Scored::score).reversed());
    List<Box> expected = new ArrayList<>();
    for (Scored next : open) {
      if (expected.stream().noneMatch(box -> intersectionOverUnion(next.box(), box) > threshold)) {
        expected.add(next.box());
      }
    }
    Thresholds all = new Thresholds(0.02f, threshold, 5000, 5000, 0);
    // Boxes that end before they begin suppress too, but are no faces.
    expected.removeIf(box -> Math.min(box.width(), box.height()) < 0);
    assertThat(suppress(boxes, all).stream().map(Face::box)).containsExactlyElementsOf(expected);
  }

  @Provide
  Arbitrary<List<Scored>> crowds() {
    Arbitrary<Float> scores = Arbitraries.integers().between(1, 9).map(tenths -> tenths / 10f);
    Arbitrary<Float> places = Arbitraries.floats().between(-50, 1100);
    Arbitrary<Float> sides =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.floats().between(0, 60)),
            Tuple.of(2, Arbitraries.floats().between(0, 2000)),
            Tuple.of(1, Arbitraries.of(0x1p50f, 0x1p65f, 0x1p100f, -0.5f)));
    Arbitrary<Scored> box =
        Combinators.combine(scores, places, places, sides, sides)
            .as((score, x, y, w, h) -> new Scored(score, new Box(x, y, x + w, y + h)));
    return box.list().ofMaxSize(300);
  }

  @Example
  void equalScoresKeepTheOrderOfTheAnchors() {
    Box first = new Box(0, 0, 10, 10);
    Box second = new Box(1, 1, 11, 11);
    List<Scored> boxes = List.of(new Scored(0.5f, first), new Scored(0.5f, second));
    assertThat(suppress(boxes, Thresholds.WIDER_FACE)).extracting(Face::box).containsExactly(first);
  }

  @Example
  void onlyTheBestCandidatesEnter() {
    List<Scored> boxes =
        List.of(
            new Scored(0.3f, new Box(0, 0, 10, 10)),
            new Scored(0.9f, new Box(20, 20, 30, 30)),
            new Scored(0.6f, new Box(40, 40, 50, 50)));
    assertThat(suppress(boxes, new Thresholds(0.02f, OVERLAP, 2, 750, 0)))
        .extracting(Face::score)
        .containsExactly(0.9f, 0.6f);
  }

  @Example
  void smallFacesAreLeftOutButStillSuppress() {
    List<Scored> boxes =
        List.of(
            new Scored(0.9f, new Box(0, 0, 9.5f, 10)),
            new Scored(0.6f, new Box(0, 0, 10, 10)),
            new Scored(0.5f, new Box(40, 40, 50, 50)));
    assertThat(suppress(boxes, new Thresholds(0.02f, OVERLAP, 5000, 750, 10)))
        .extracting(Face::score)
        .containsExactly(0.5f);
  }

  @Provide
  Arbitrary<List<Scored>> boxes() {
    // Sides in quarters: sums are exact, so that the reference rounds as the code does.
    Arbitrary<Float> sides = Arbitraries.integers().between(1, 160).map(side -> side / 4f);
    Arbitrary<Float> places = Arbitraries.integers().between(-40, 200).map(place -> place / 4f);
    Arbitrary<Scored> box =
        Combinators.combine(
                Arbitraries.integers().between(1, 1_000_000), places, places, sides, sides)
            .as((score, x, y, w, h) -> new Scored(score / 1e6f, new Box(x, y, x + w, y + h)));
    return box.list().ofMaxSize(60).map(NonMaximumSuppressionTest::withDistinctScores);
  }

  private static List<Scored> withDistinctScores(List<Scored> boxes) {
    Set<Float> seen = new HashSet<>();
    return boxes.stream().filter(box -> seen.add(box.score())).toList();
  }

  private static List<Face> suppress(List<Scored> boxes, Thresholds thresholds) {
    Candidates candidates = new Candidates(BOXES_ONLY);
    for (Scored each : boxes) {
      candidates.add(SAME, each.score(), each.box());
    }
    return new NonMaximumSuppression().faces(candidates.best(thresholds.candidates()), thresholds);
  }

  private static float intersectionOverUnion(Box a, Box b) {
    float width = Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1()) + 1;
    float height = Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1()) + 1;
    if (width <= 0 || height <= 0) {
      return 0;
    }
    float both = width * height;
    return both / ((a.width() + 1) * (a.height() + 1) + (b.width() + 1) * (b.height() + 1) - both);
  }
}
