package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;

final class NonMaximumSuppressionTest {

  private static final float OVERLAP = 0.4f;

  @Property
  void noTwoFacesOverlapByMoreThanTheThreshold(@ForAll("boxes") List<ScoredBox> boxes) {
    List<Face> faces = suppress(boxes, Thresholds.WIDER_FACE);
    for (int index = 0; index < faces.size(); index++) {
      for (Face better : faces.subList(0, index)) {
        assertThat(ScoredBox.intersectionOverUnion(faces.get(index).box(), better.box()))
            .isLessThanOrEqualTo(OVERLAP);
      }
    }
  }

  @Property
  void orderOfCandidatesMakesNoDifferenceForDistinctScores(
      @ForAll("boxes") List<ScoredBox> boxes, @ForAll Random random) {
    List<ScoredBox> shuffled = new ArrayList<>(boxes);
    Collections.shuffle(shuffled, random);
    assertThat(suppress(shuffled, Thresholds.WIDER_FACE))
        .isEqualTo(suppress(boxes, Thresholds.WIDER_FACE));
  }

  @Property
  void isTheGreedyAlgorithm(@ForAll("boxes") List<ScoredBox> boxes) {
    List<ScoredBox> open = new ArrayList<>(boxes);
    open.sort(Comparator.comparing(ScoredBox::score).reversed());
    List<Box> expected = new ArrayList<>();
    while (!open.isEmpty()) {
      ScoredBox best = open.remove(0);
      expected.add(best.box());
      open.removeIf(other -> ScoredBox.intersectionOverUnion(best.box(), other.box()) > OVERLAP);
    }
    assertThat(suppress(boxes, Thresholds.WIDER_FACE).stream().map(Face::box))
        .containsExactlyElementsOf(expected);
  }

  @Property
  void limitsKeepTheBest(@ForAll("boxes") List<ScoredBox> boxes) {
    List<Face> all = suppress(boxes, Thresholds.WIDER_FACE);
    List<Face> three = suppress(boxes, new Thresholds(0.02f, OVERLAP, 5000, 3, 0));
    assertThat(three).isEqualTo(all.subList(0, Math.min(3, all.size())));
  }

  @Property
  void isThePlainAlgorithmToTheBitWithTiesAndCrowdsAndGiants(
      @ForAll("crowds") List<ScoredBox> boxes, @ForAll @FloatRange(max = 1) float threshold) {
    List<ScoredBox> open = new ArrayList<>(boxes);
    open.sort(Comparator.comparing(ScoredBox::score).reversed());
    List<Box> expected = new ArrayList<>();
    for (ScoredBox next : open) {
      if (expected.stream()
          .noneMatch(box -> ScoredBox.intersectionOverUnion(next.box(), box) > threshold)) {
        expected.add(next.box());
      }
    }
    Thresholds all = new Thresholds(0.02f, threshold, 5000, 5000, 0);
    // Boxes that end before they begin suppress too, but are no faces.
    expected.removeIf(box -> Math.min(box.width(), box.height()) < 0);
    assertThat(suppress(boxes, all).stream().map(Face::box)).containsExactlyElementsOf(expected);
  }

  @Provide
  Arbitrary<List<ScoredBox>> crowds() {
    return ScoredBox.crowds();
  }

  @Example
  void equalScoresKeepTheOrderOfTheAnchors() {
    Box first = new Box(0, 0, 10, 10);
    Box second = new Box(1, 1, 11, 11);
    List<ScoredBox> boxes = List.of(new ScoredBox(0.5f, first), new ScoredBox(0.5f, second));
    assertThat(suppress(boxes, Thresholds.WIDER_FACE)).extracting(Face::box).containsExactly(first);
  }

  @Example
  void onlyTheBestCandidatesEnter() {
    List<ScoredBox> boxes =
        List.of(
            new ScoredBox(0.3f, new Box(0, 0, 10, 10)),
            new ScoredBox(0.9f, new Box(20, 20, 30, 30)),
            new ScoredBox(0.6f, new Box(40, 40, 50, 50)));
    assertThat(suppress(boxes, new Thresholds(0.02f, OVERLAP, 2, 750, 0)))
        .extracting(Face::score)
        .containsExactly(0.9f, 0.6f);
  }

  @Example
  void smallFacesAreLeftOutButStillSuppress() {
    List<ScoredBox> boxes =
        List.of(
            new ScoredBox(0.9f, new Box(0, 0, 9.5f, 10)),
            new ScoredBox(0.6f, new Box(0, 0, 10, 10)),
            new ScoredBox(0.5f, new Box(40, 40, 50, 50)));
    assertThat(suppress(boxes, new Thresholds(0.02f, OVERLAP, 5000, 750, 10)))
        .extracting(Face::score)
        .containsExactly(0.5f);
  }

  @Provide
  Arbitrary<List<ScoredBox>> boxes() {
    return ScoredBox.few();
  }

  private static List<Face> suppress(List<ScoredBox> boxes, Thresholds thresholds) {
    return new NonMaximumSuppression().faces(ScoredBox.candidates(boxes, thresholds), thresholds);
  }
}
