package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;

/** Whoever asks for higher scores gets the faces that have them, no fewer and no others. */
final class StricterScoreTest {

  private static final int SIDE = 1024;
  private static final InputSize OPEN =
      new InputSize(InputSize.DYNAMIC, InputSize.DYNAMIC, InputSize.DYNAMIC, 1);

  @Property(tries = 300)
  void aHigherThresholdChoosesAmongTheSameFaces(
      @ForAll("protocols") Protocol protocol,
      @ForAll("boxes") List<ScoredBox> large,
      @ForAll("boxes") List<ScoredBox> small,
      @ForAll @FloatRange(min = 0.02f, max = 1, maxIncluded = false) float score) {
    Network network = new Network(large, small);
    List<Face> expected = new ArrayList<>(network.faces(protocol, Thresholds.WIDER_FACE));
    expected.removeIf(face -> face.score() <= score);

    assertThat(network.faces(protocol, above(score))).isEqualTo(expected);
  }

  @Example
  void lesserCandidatesSupportAFace() {
    Box face = new Box(100, 100, 700, 700);
    Network alone = new Network(List.of(new ScoredBox(0.9f, face)), List.of());
    Network supported =
        new Network(List.of(new ScoredBox(0.9f, face)), List.of(new ScoredBox(0.1f, face)));

    for (Protocol protocol : List.of(Protocol.ROBUST, voting())) {
      assertThat(alone.faces(protocol, above(0.5f))).isEmpty();
      assertThat(supported.faces(protocol, above(0.5f)))
          .extracting(Face::score)
          .containsExactly(0.9f);
    }
  }

  private static Thresholds above(float score) {
    Thresholds usual = Thresholds.WIDER_FACE;
    return new Thresholds(
        score, usual.intersectionOverUnion(), usual.candidates(), usual.faces(), 0);
  }

  /** An image as it is, and at half its size. */
  private static Protocol voting() {
    return new Protocol(
        "voting",
        List.of(
            new InputRule(new Scale.Original(), Flip.NONE),
            new InputRule(new Scale.Multiple(new Scale.Original(), 0.5), Flip.NONE)),
        new BoxVoting());
  }

  @Provide
  Arbitrary<Protocol> protocols() {
    List<Protocol> protocols = new ArrayList<>(Protocol.KNOWN);
    protocols.add(voting());
    protocols.add(new Protocol("soft", Protocol.PYRAMID.inputs(), new SoftNonMaximumSuppression()));
    return Arbitraries.of(protocols);
  }

  @Provide
  Arbitrary<List<ScoredBox>> boxes() {
    // Sides of 320 pixels and more are doubted.
    return ScoredBox.few().map(boxes -> boxes.stream().map(StricterScoreTest::enlarged).toList());
  }

  private static ScoredBox enlarged(ScoredBox each) {
    Box box = each.box();
    return new ScoredBox(
        each.score(), new Box(box.x1() * 16, box.y1() * 16, box.x2() * 16, box.y2() * 16));
  }

  /**
   * What a network says of an image of {@link #SIDE} pixels.
   *
   * @param large of inputs of its size and more, in pixels of the image
   * @param small of others
   */
  private record Network(List<ScoredBox> large, List<ScoredBox> small) implements Family {

    List<Face> faces(Protocol protocol, Thresholds thresholds) {
      Detector detector = new Detector(this, OPEN, protocol, thresholds);
      return detector.faces(
          detector.placements(SIDE, SIDE).stream()
              .map(placement -> detector.candidates(new NetworkOutput(placement, List.of())))
              .toList());
    }

    @Override
    public void decode(NetworkOutput output, float scoreThreshold, Candidates candidates) {
      Placement placement = output.placement();
      float scale = (float) placement.contentWidth() / SIDE;
      for (ScoredBox each : placement.contentWidth() >= SIDE ? large : small) {
        if (each.score() > scoreThreshold) {
          Box box = each.box();
          candidates.add(
              placement,
              each.score(),
              new Box(box.x1() * scale, box.y1() * scale, box.x2() * scale, box.y2() * scale));
        }
      }
    }

    @Override
    public String name() {
      return "network";
    }

    @Override
    public List<AnchorLevel> anchors() {
      return List.of();
    }

    @Override
    public Mirror mirror() {
      return new Mirror(0, List.of());
    }
  }
}
