package org.retinaspark.udf.detect.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Point;

final class BoxCoderTest {

  @Property
  void boxesComeBackAsTheyWereEncoded(
      @ForAll("coders") BoxCoder coder,
      @ForAll("anchors") Anchor anchor,
      @ForAll("boxes") Box box) {
    Box back = coder.decode(anchor, coder.encode(anchor, box));
    // A millionth of what the numbers are made of: floats hold seven digits.
    Offset<Float> rounding =
        within(1e-5f * (1000 + anchor.width() + anchor.height() + box.width() + box.height()));
    assertThat(back.x1()).isCloseTo(box.x1(), rounding);
    assertThat(back.y1()).isCloseTo(box.y1(), rounding);
    assertThat(back.x2()).isCloseTo(box.x2(), rounding);
    assertThat(back.y2()).isCloseTo(box.y2(), rounding);
  }

  @Property
  void landmarksComeBackAsTheyWereEncoded(
      @ForAll("coders") BoxCoder coder,
      @ForAll("anchors") Anchor anchor,
      @ForAll("boxes") Box box) {
    Point landmark = new Point(box.x1(), box.y2());
    Point back = coder.decode(anchor, coder.encode(anchor, landmark));
    assertThat(back.x()).isCloseTo(landmark.x(), within(1e-2f));
    assertThat(back.y()).isCloseTo(landmark.y(), within(1e-2f));
  }

  /** By hand: {@code encode} of {@code utils/box_utils.py}, variances 0.1 and 0.2. */
  @Example
  void boxIsEncodedAsTheTrainingDoes() {
    BoxCoder coder = new BoxCoder(0.1f, 0.2f, 0.1f, 0);
    Anchor anchor = new Anchor(20, 36, 16);
    BoxDeltas deltas = coder.encode(anchor, new Box(12, 12, 44, 76));
    assertThat(deltas.x()).isCloseTo(5, within(1e-5f));
    assertThat(deltas.y()).isCloseTo(5, within(1e-5f));
    assertThat(deltas.width()).isCloseTo((float) (Math.log(2) / 0.2), within(1e-5f));
    assertThat(deltas.height()).isCloseTo((float) (Math.log(4) / 0.2), within(1e-5f));
    assertThat(coder.encode(anchor, new Point(28, 36)).x()).isCloseTo(5, within(1e-5f));
  }

  /** An anchor's own box in the convention of whole pixels: from x to x + side - 1. */
  @Example
  void boxOfTheAnchorHasNoDeltasInEitherConvention() {
    Anchor anchor = new Anchor(7.5f, 7.5f, 16);
    assertThat(new BoxCoder(1, 1, 1, 1).encode(anchor, new Box(0, 0, 15, 15)))
        .isEqualTo(new BoxDeltas(0, 0, 0, 0));
    assertThat(
            new BoxCoder(0.1f, 0.2f, 0.1f, 0).encode(anchor, new Box(-0.5f, -0.5f, 15.5f, 15.5f)))
        .isEqualTo(new BoxDeltas(0, 0, 0, 0));
  }

  /** The second stage of a cascade: what is relative to a box has no deltas from that box. */
  @Property
  void boxIsItsOwnAnchor(@ForAll("coders") BoxCoder coder, @ForAll("boxes") Box box) {
    BoxDeltas none = coder.encode(coder.anchor(box), box);
    assertThat(none).isEqualTo(new BoxDeltas(0, 0, 0, 0));
  }

  @Provide
  Arbitrary<BoxCoder> coders() {
    return Arbitraries.of(
        new BoxCoder(0.1f, 0.2f, 0.1f, 0),
        new BoxCoder(1, 1, 1, 1),
        new BoxCoder(1, 1, InsightFaceFamily.LANDMARK_SCALE_V2, 1));
  }

  @Provide
  Arbitrary<Anchor> anchors() {
    Arbitrary<Float> places = Arbitraries.floats().between(0, 1000);
    Arbitrary<Float> sides = Arbitraries.of(16f, 32f, 64f, 128f, 256f, 512f);
    return Combinators.combine(places, places, sides, sides).as(Anchor::new);
  }

  @Provide
  Arbitrary<Box> boxes() {
    Arbitrary<Float> places = Arbitraries.floats().between(-100, 1000);
    Arbitrary<Float> sides = Arbitraries.floats().between(1, 1000);
    return Combinators.combine(places, places, sides, sides)
        .as((x, y, width, height) -> new Box(x, y, x + width, y + height));
  }
}
