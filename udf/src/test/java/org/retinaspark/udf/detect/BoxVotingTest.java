package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

final class BoxVotingTest {

  private static final float OVERLAP = 0.4f;

  @Property
  void isThePlainAlgorithm(
      @ForAll("crowds") List<ScoredBox> boxes,
      @ForAll @FloatRange(min = 0, minIncluded = false, max = 1) float threshold) {
    Thresholds thresholds = new Thresholds(0.02f, threshold, 5000, 5000, 0);
    List<Face> expected = plain(boxes, threshold);
    // Boxes that end before they begin vote too, but are no faces.
    expected.removeIf(face -> !thresholds.admits(face.box()));
    List<Face> faces = vote(boxes, thresholds);
    assertThat(faces).hasSameSizeAs(expected);
    for (int index = 0; index < faces.size(); index++) {
      assertThat(faces.get(index).score()).isEqualTo(expected.get(index).score());
      assertClose(faces.get(index).box(), expected.get(index).box());
    }
  }

  /** {@code bbox_vote}, as it reads. */
  private static List<Face> plain(List<ScoredBox> boxes, float threshold) {
    List<ScoredBox> open = new ArrayList<>(boxes);
    open.sort(Comparator.comparing(ScoredBox::score).reversed());
    List<Face> faces = new ArrayList<>();
    while (!open.isEmpty()) {
      ScoredBox best = open.get(0);
      Map<Boolean, List<ScoredBox>> claimed =
          open.stream()
              .skip(1)
              .collect(
                  Collectors.partitioningBy(
                      box -> ScoredBox.intersectionOverUnion(best.box(), box.box()) >= threshold));
      List<ScoredBox> votes = new ArrayList<>(List.of(best));
      votes.addAll(claimed.getOrDefault(true, List.of()));
      open = claimed.getOrDefault(false, List.of());
      if (votes.size() > 1) {
        faces.add(new Face(best.score(), mean(votes), List.of()));
      }
    }
    return faces;
  }

  private static Box mean(List<ScoredBox> votes) {
    double weight = votes.stream().mapToDouble(ScoredBox::score).sum();
    double[] sums = new double[4];
    for (ScoredBox vote : votes) {
      sums[0] += (double) vote.score() * vote.box().x1();
      sums[1] += (double) vote.score() * vote.box().y1();
      sums[2] += (double) vote.score() * vote.box().x2();
      sums[3] += (double) vote.score() * vote.box().y2();
    }
    return new Box(
        (float) (sums[0] / weight),
        (float) (sums[1] / weight),
        (float) (sums[2] / weight),
        (float) (sums[3] / weight));
  }

  /** Boxes, scores and faces by {@code bbox_vote.py}, which lies beside them. */
  @Test
  void givesWhatTheReferenceGives() {
    List<ScoredBox> boxes =
        ReferenceFiles.rows("bbox_vote_candidates.csv").stream()
            .map(row -> new ScoredBox((float) row[4], box(row)))
            .toList();
    List<double[]> expected = ReferenceFiles.rows("bbox_vote_faces.csv");
    List<Face> faces = vote(boxes, Thresholds.WIDER_FACE);
    assertThat(faces).hasSameSizeAs(expected).hasSizeGreaterThan(30);
    for (int index = 0; index < faces.size(); index++) {
      assertThat(faces.get(index).score()).isEqualTo((float) expected.get(index)[4]);
      assertClose(faces.get(index).box(), box(expected.get(index)));
    }
  }

  private static Box box(double[] row) {
    return new Box((float) row[0], (float) row[1], (float) row[2], (float) row[3]);
  }

  private static void assertClose(Box box, Box expected) {
    assertThat(box.x1()).isCloseTo(expected.x1(), rounding(expected.x1()));
    assertThat(box.y1()).isCloseTo(expected.y1(), rounding(expected.y1()));
    assertThat(box.x2()).isCloseTo(expected.x2(), rounding(expected.x2()));
    assertThat(box.y2()).isCloseTo(expected.y2(), rounding(expected.y2()));
  }

  private static org.assertj.core.data.Offset<Float> rounding(float value) {
    return within(Math.max(1e-3f, Math.abs(value) * 1e-6f));
  }

  @Example
  void cornersAreMeansByScoreAndTheScoreIsTheBest() {
    List<ScoredBox> boxes =
        List.of(
            new ScoredBox(0.25f, new Box(2, 0, 10, 14)),
            new ScoredBox(0.75f, new Box(0, 0, 10, 10)));
    assertThat(vote(boxes, Thresholds.WIDER_FACE))
        .containsExactly(new Face(0.75f, new Box(0.5f, 0, 10, 11), List.of()));
  }

  @Example
  void landmarksAreMeansByScore() {
    Placement same = new Placement(100, 100, 100, 100, 100, 100);
    Candidates candidates = new Candidates(new Mirror(0, List.of(0, 1)));
    for (float[] each : new float[][] {{0.25f, 4, 8}, {0.75f, 0, 0}}) {
      candidates.add(same, each[0], new Box(0, 0, 10, 10));
      candidates.landmark(same, 0, new Point(each[1], each[2]));
      candidates.landmark(same, 1, new Point(each[2], each[1]));
    }
    assertThat(new BoxVoting().faces(candidates, Thresholds.WIDER_FACE))
        .flatExtracting(Face::landmarks)
        .containsExactly(new Point(1, 2), new Point(2, 1));
  }

  @Example
  void overlapOfTheThresholdItselfIsEnough() {
    // 12 of 30 pixels, with +1 on every side.
    Box one = new Box(0, 0, 2, 6);
    Box other = new Box(0, 3, 2, 9);
    assertThat(ScoredBox.intersectionOverUnion(one, other)).isEqualTo(0.4f);
    List<ScoredBox> boxes = List.of(new ScoredBox(0.9f, one), new ScoredBox(0.9f, other));
    assertThat(vote(boxes, Thresholds.WIDER_FACE))
        .extracting(Face::box)
        .containsExactly(new Box(0, 1.5f, 2, 7.5f));
  }

  @Example
  void boxesApartNeverVoteTogether() {
    Box one = new Box(0, 0, 2, 2);
    Box other = new Box(3.5f, 0, 5, 2);
    List<ScoredBox> boxes =
        List.of(
            new ScoredBox(0.9f, one),
            new ScoredBox(0.8f, one),
            new ScoredBox(0.7f, other),
            new ScoredBox(0.6f, other));
    assertThat(vote(boxes, new Thresholds(0.02f, 0, 5000, 750, 0)))
        .extracting(Face::box)
        .containsExactly(one, other);
  }

  @Example
  void whatOneCandidateAloneShowsIsDroppedAndCountsForNothing() {
    Box face = new Box(0, 0, 10, 10);
    List<ScoredBox> boxes =
        List.of(
            new ScoredBox(0.9f, new Box(50, 50, 60, 60)),
            new ScoredBox(0.8f, face),
            new ScoredBox(0.7f, face));
    assertThat(vote(boxes, new Thresholds(0.02f, OVERLAP, 5000, 1, 0)))
        .containsExactly(new Face(0.8f, face, List.of()));
  }

  @Provide
  Arbitrary<List<ScoredBox>> crowds() {
    return ScoredBox.crowds();
  }

  private static List<Face> vote(List<ScoredBox> boxes, Thresholds thresholds) {
    return new BoxVoting().faces(ScoredBox.candidates(boxes, thresholds), thresholds);
  }
}
