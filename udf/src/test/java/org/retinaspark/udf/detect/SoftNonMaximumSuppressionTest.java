package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;

final class SoftNonMaximumSuppressionTest {

  private static final float OVERLAP = 0.4f;

  @Property
  void isThePlainAlgorithmToTheBit(
      @ForAll("crowds") List<ScoredBox> boxes, @ForAll @FloatRange(max = 1) float threshold) {
    Thresholds thresholds = new Thresholds(0.02f, threshold, 5000, 5000, 0);
    List<Face> expected = plain(boxes, thresholds);
    // Boxes that end before they begin suppress too, but are no faces.
    expected.removeIf(face -> !thresholds.admits(face.box()));
    assertThat(soften(boxes, thresholds)).isEqualTo(expected);
  }

  /** Figure 2 of the paper, as it reads. */
  private static List<Face> plain(List<ScoredBox> boxes, Thresholds thresholds) {
    double[] scores = boxes.stream().mapToDouble(ScoredBox::score).toArray();
    List<Face> faces = new ArrayList<>();
    while (true) {
      int best = 0;
      for (int index = 1; index < scores.length; index++) {
        // Of equal scores the one that was the better at first.
        if (scores[index] > scores[best]
            || (scores[index] == scores[best]
                && boxes.get(index).score() > boxes.get(best).score())) {
          best = index;
        }
      }
      if (scores.length == 0 || scores[best] <= thresholds.score()) {
        return faces;
      }
      Box chosen = boxes.get(best).box();
      faces.add(new Face((float) scores[best], chosen, List.of()));
      scores[best] = 0; // done
      for (int index = 0; index < scores.length; index++) {
        float overlap = ScoredBox.intersectionOverUnion(chosen, boxes.get(index).box());
        if (overlap > thresholds.intersectionOverUnion()) {
          scores[index] *= 1.0 - overlap;
        }
      }
    }
  }

  @Property
  void isHardWhereTheNextBoxIsTheSame(@ForAll("boxes") List<ScoredBox> boxes) {
    List<ScoredBox> twice = new ArrayList<>(boxes);
    twice.addAll(boxes);
    assertThat(soften(twice, Thresholds.WIDER_FACE))
        .isEqualTo(soften(boxes, Thresholds.WIDER_FACE));
  }

  @Example
  void scoresFallByTheOverlap() {
    // IoU 66 / 121 with +1 on every side.
    Box lesser = new Box(0, 0, 10, 5);
    List<ScoredBox> boxes =
        List.of(
            new ScoredBox(0.8f, lesser),
            new ScoredBox(0.9f, new Box(0, 0, 10, 10)),
            new ScoredBox(0.5f, new Box(50, 50, 60, 60)));
    List<Face> faces = soften(boxes, Thresholds.WIDER_FACE);
    assertThat(faces).extracting(Face::box).last().isEqualTo(lesser);
    assertThat(faces.get(0).score()).isEqualTo(0.9f);
    assertThat(faces.get(1).score()).isEqualTo(0.5f);
    assertThat(faces.get(2).score()).isCloseTo(0.8f * 5 / 11, within(1e-6f));
  }

  @Example
  void onlyTheBestAreFaces() {
    List<ScoredBox> boxes =
        List.of(
            new ScoredBox(0.9f, new Box(0, 0, 10, 10)),
            new ScoredBox(0.7f, new Box(0, 0, 10, 9)),
            new ScoredBox(0.6f, new Box(50, 50, 60, 60)),
            new ScoredBox(0.8f, new Box(20, 20, 25, 25)));
    assertThat(soften(boxes, new Thresholds(0.02f, OVERLAP, 5000, 2, 10)))
        .extracting(Face::score)
        .containsExactly(0.9f, 0.6f);
  }

  @Provide
  Arbitrary<List<ScoredBox>> crowds() {
    return ScoredBox.crowds();
  }

  @Provide
  Arbitrary<List<ScoredBox>> boxes() {
    return ScoredBox.few();
  }

  private static List<Face> soften(List<ScoredBox> boxes, Thresholds thresholds) {
    return new SoftNonMaximumSuppression()
        .faces(ScoredBox.candidates(boxes, thresholds), thresholds);
  }
}
