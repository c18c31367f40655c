package org.retinaspark.udf.train.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.family.Anchor;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.MatchThresholds;
import org.retinaspark.udf.detect.family.PyTorchFamily;

class AnchorMatchingTest {

  private static final int WIDTH = 128;
  private static final int HEIGHT = 72;
  private static final PyTorchFamily FAMILY = new PyTorchFamily(ClassOutput.PROBABILITIES);
  private static final References ANCHORS = References.anchors(FAMILY, WIDTH, HEIGHT);

  @Property(tries = 60)
  void isWhatComparingAllWithAllGives(
      @ForAll("faces") List<LabelledBox> faces,
      @ForAll("references") References references,
      @ForAll("matchings") AnchorMatching matching) {
    Matches fast = matching.match(references, faces);
    Matches naive = new NaiveMatching(matching).match(references, faces);
    assertSame(fast, naive);
  }

  /** Each face that overlaps any anchor at all has one, if no bound is set: anchors are enough. */
  @Property(tries = 60)
  void everyFaceHasAnAnchor(@ForAll("faces") List<LabelledBox> faces) {
    Matches matches =
        new AnchorMatching(MatchThresholds.FIRST_STAGE, Float.MIN_VALUE).match(ANCHORS, faces);
    for (LabelledBox face : faces) {
      if (!face.ignored()) {
        assertThat(calls(matches)).contains(face.face());
      }
    }
  }

  @Property(tries = 60)
  void orderOfTheFacesIsNothing(
      @ForAll("faces") List<LabelledBox> faces,
      @ForAll("matchings") AnchorMatching matching,
      @ForAll Random random) {
    List<LabelledBox> shuffled = new ArrayList<>(faces);
    Collections.shuffle(shuffled, random);
    assertSame(matching.match(ANCHORS, faces), matching.match(ANCHORS, shuffled));
  }

  @Property(tries = 60)
  void callsAreThoseOfTheThresholds(
      @ForAll("faces") List<LabelledBox> faces, @ForAll("matchings") AnchorMatching matching) {
    Matches matches = matching.match(ANCHORS, faces);
    for (int anchor = 0; anchor < matches.count(); anchor++) {
      float overlap = matches.intersectionOverUnion(anchor);
      if (matches.face(anchor) == Matches.NEGATIVE) {
        assertThat(overlap).isLessThan(matching.thresholds().negative());
      } else if (matches.face(anchor) >= 0) {
        assertThat(overlap)
            .isGreaterThanOrEqualTo(Math.min(matching.least(), matching.thresholds().positive()));
        LabelledBox face = faces.get(matches.face(anchor));
        assertThat(face.ignored()).isFalse();
        assertThat(NaiveMatching.ratio(ANCHORS.anchor(anchor).box(), face.box()))
            .isCloseTo(overlap, within(1e-6f));
      }
    }
  }

  private static void assertSame(Matches one, Matches other) {
    float[] overlaps = new float[one.count()];
    float[] others = new float[one.count()];
    for (int anchor = 0; anchor < one.count(); anchor++) {
      overlaps[anchor] = one.intersectionOverUnion(anchor);
      others[anchor] = other.intersectionOverUnion(anchor);
    }
    assertThat(calls(other)).containsExactly(calls(one));
    assertThat(others).containsExactly(overlaps);
  }

  private static int[] calls(Matches matches) {
    return IntStream.range(0, matches.count()).map(matches::face).toArray();
  }

  /** Both want the anchor at (20, 20) first; the one that fits worse gets its neighbour. */
  @Example
  void ofTwoFacesThatWantOneAnchorTheOtherTakesItsNextBest() {
    List<LabelledBox> faces =
        List.of(
            new LabelledBox(7, new Box(13, 13, 28, 28), false),
            new LabelledBox(3, new Box(12, 12, 28, 28), false));
    Matches matches = AnchorMatching.by(MatchThresholds.ONE_STAGE).match(ANCHORS, faces);
    int best = index(new Anchor(20, 20, 16));
    assertThat(matches.face(best)).isEqualTo(3);
    assertThat(matches.intersectionOverUnion(best)).isEqualTo(1);
    List<Anchor> others = new ArrayList<>();
    for (int anchor = 0; anchor < matches.count(); anchor++) {
      if (matches.face(anchor) == 7) {
        others.add(ANCHORS.anchor(anchor));
      }
    }
    // Of those that overlap it, (28, 20) and (20, 28) are equally good, and the first counts.
    assertThat(others).containsExactly(new Anchor(28, 20, 16));
  }

  /** 4 of 256 pixels by side: IoU 1/16 with each anchor that holds it. */
  @Example
  void faceThatNoAnchorFitsIsNeitherFaceNorBackground() {
    List<LabelledBox> faces = List.of(new LabelledBox(0, new Box(18, 18, 22, 22), false));
    Matches matches = AnchorMatching.by(MatchThresholds.ONE_STAGE).match(ANCHORS, faces);
    assertThat(matches.face(index(new Anchor(20, 20, 16)))).isEqualTo(Matches.IGNORED);
    assertThat(matches.face(index(new Anchor(20, 20, 32)))).isEqualTo(Matches.NEGATIVE);
    for (int anchor = 0; anchor < matches.count(); anchor++) {
      assertThat(matches.face(anchor)).isNegative();
    }
  }

  @Example
  void ignoredFaceMakesWhatItCoversNeither() {
    Box crowd = new Box(0, 0, 80, 100);
    List<LabelledBox> faces =
        List.of(
            new LabelledBox(0, crowd, true), new LabelledBox(1, new Box(12, 12, 28, 28), false));
    Matches matches = AnchorMatching.by(MatchThresholds.ONE_STAGE).match(ANCHORS, faces);
    assertThat(matches.face(index(new Anchor(20, 20, 16)))).isEqualTo(1);
    assertThat(matches.face(index(new Anchor(60, 60, 16)))).isEqualTo(Matches.IGNORED);
    assertThat(matches.face(index(new Anchor(84, 60, 16)))).isEqualTo(Matches.NEGATIVE);
    assertThat(matches.intersectionOverUnion(index(new Anchor(60, 60, 16)))).isZero();
  }

  @Example
  void facesWithoutAreaAndImagesWithoutFacesAreBackground() {
    List<LabelledBox> faces =
        List.of(
            new LabelledBox(0, new Box(18, 18, 18, 30), false),
            new LabelledBox(1, new Box(Float.NaN, 0, 20, 30), false),
            new LabelledBox(2, new Box(500, 500, 520, 520), false));
    Matches matches = AnchorMatching.by(MatchThresholds.ONE_STAGE).match(ANCHORS, faces);
    for (int anchor = 0; anchor < matches.count(); anchor++) {
      assertThat(matches.face(anchor)).isEqualTo(Matches.NEGATIVE);
    }
  }

  private static int index(Anchor wanted) {
    for (int anchor = 0; anchor < ANCHORS.count(); anchor++) {
      if (ANCHORS.anchor(anchor).equals(wanted)) {
        return anchor;
      }
    }
    throw new AssertionError("there is no anchor " + wanted);
  }

  /** Distinct boxes, so that their order can be told; coarse, so that IoU are equal at times. */
  @Provide
  Arbitrary<List<LabelledBox>> faces() {
    Arbitrary<Float> left = Arbitraries.integers().between(-4, 36).map(x -> x * 4f);
    Arbitrary<Float> top = Arbitraries.integers().between(-4, 24).map(y -> y * 4f);
    Arbitrary<Float> side = Arbitraries.integers().between(1, 30).map(fours -> fours * 4f);
    Arbitrary<Box> boxes =
        Combinators.combine(left, top, side, side)
            .as((x, y, width, height) -> new Box(x, y, x + width + 20, y + height + 20));
    Arbitrary<Boolean> ignored =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(false)), Tuple.of(1, Arbitraries.just(true)));
    return Combinators.combine(
            boxes.list().uniqueElements().ofMaxSize(12), ignored.list().ofSize(12))
        .as(
            (places, marks) -> {
              List<LabelledBox> faces = new ArrayList<>();
              for (Box place : places) {
                faces.add(new LabelledBox(faces.size(), place, marks.get(faces.size())));
              }
              return faces;
            });
  }

  @Provide
  Arbitrary<References> references() {
    Arbitrary<References> regular = Arbitraries.just(ANCHORS);
    Arbitrary<References> refined =
        Arbitraries.longs()
            .map(
                seed -> {
                  Random random = new Random(seed);
                  float[] deltas = new float[ANCHORS.count() * 4];
                  for (int value = 0; value < deltas.length; value++) {
                    deltas[value] = (float) random.nextGaussian() * 3;
                  }
                  return ANCHORS.refined(FAMILY.coder(), FloatBuffer.wrap(deltas));
                });
    return Arbitraries.oneOf(regular, refined);
  }

  @Provide
  Arbitrary<AnchorMatching> matchings() {
    return Combinators.combine(
            Arbitraries.of(
                MatchThresholds.FIRST_STAGE,
                MatchThresholds.SECOND_STAGE,
                MatchThresholds.ONE_STAGE),
            Arbitraries.of(0f, 0.2f, 0.4f))
        .as(AnchorMatching::new);
  }
}
