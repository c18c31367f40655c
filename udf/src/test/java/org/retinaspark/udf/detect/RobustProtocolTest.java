package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

/** Inputs that share the sizes of faces among them. */
final class RobustProtocolTest {

  private static final int ANY = InputSize.DYNAMIC;
  private static final InputSize OPEN = new InputSize(ANY, ANY, ANY, 1);

  @Example
  void imagesGetSmallerInputsUntilOneIsAsSmallAsAnAnchor() {
    assertThat(Protocol.ROBUST.placements(512, 384, OPEN))
        .containsExactly(new Placement(512, 384, 512, 384, 512, 384));
    assertThat(Protocol.ROBUST.placements(1024, 683, OPEN))
        .extracting(Placement::contentWidth, Placement::contentHeight, Placement::faces)
        .containsExactly(
            tuple(1024, 683, new FaceSizes(0, 400)), tuple(256, 171, FaceSizes.from(64)));
    assertThat(Protocol.ROBUST.placements(3000, 4000, OPEN))
        .extracting(Placement::contentWidth, Placement::contentHeight, Placement::faces)
        .containsExactly(
            tuple(3000, 4000, new FaceSizes(0, 400)),
            tuple(750, 1000, new FaceSizes(64, 400)),
            tuple(188, 250, FaceSizes.from(64)));
  }

  @Property
  void noFaceIsLeftToAnInputThatIsNotMade(
      @ForAll @IntRange(min = 1, max = 13_000) int width,
      @ForAll @IntRange(min = 1, max = 13_000) int height,
      @ForAll @FloatRange(min = 0.01f, max = 2) float share) {
    float side = share * Math.max(width, height);
    assertThat(Protocol.ROBUST.placements(width, height, OPEN))
        .anyMatch(input -> input.faces().contains(side / Math.max(input.stepX(), input.stepY())));
  }

  @Property
  void smallerInputsAreCheap(
      @ForAll @IntRange(min = 1, max = 13_000) int width,
      @ForAll @IntRange(min = 1, max = 13_000) int height) {
    List<Placement> inputs = Protocol.ROBUST.placements(width, height, OPEN);
    long pixels =
        inputs.stream().mapToLong(input -> (long) input.tensorWidth() * input.tensorHeight()).sum();
    // 1/16 and 1/256 and so on, and less than a row and a column more by rounding.
    assertThat((double) pixels).isLessThan(width * (double) height * 16 / 15 + width + height);
    assertThat(inputs.get(0).contentWidth()).isEqualTo(width);
  }

  @Example
  void candidatesOfOtherSizesAreLeftToOtherInputs() {
    Placement quarter =
        new Placement(800, 800, 200, 200, 200, 200, Flip.NONE, new FaceSizes(64, 100));
    Candidates candidates = new Candidates(new Mirror(0, List.of(0)));
    List<Box> boxes =
        List.of(
            new Box(0, 0, 60, 63),
            new Box(0, 0, 10, 64),
            new Box(0, 0, 99, 20),
            new Box(0, 0, 100, 20));
    for (Box box : boxes) {
      candidates.add(quarter, 0.5f + candidates.size() / 10f, box);
      candidates.landmark(quarter, 0, new Point(box.x2(), box.y2()));
    }
    Candidates believed = candidates.believed(quarter);
    assertThat(believed.size()).isEqualTo(2);
    assertThat(believed.face(0))
        .isEqualTo(new Face(0.6f, new Box(0, 0, 40, 256), List.of(new Point(40, 256))));
    assertThat(believed.face(1))
        .isEqualTo(new Face(0.7f, new Box(0, 0, 396, 80), List.of(new Point(396, 80))));
    Placement whole = new Placement(800, 800, 200, 200, 200, 200);
    assertThat(candidates.believed(whole).size()).isEqualTo(4);
  }

  @Example
  void rulesSayWhichFacesTheyAreFor() {
    assertThat(Protocol.ROBUST.inputs().subList(0, 2))
        .extracting(InputRule::toString)
        .containsExactly(
            "the image's size, faces of 0 pixels and more, below 400",
            "the image's size, times 0.25, faces of 64 pixels and more, below 400");
    assertThat(FaceSizes.from(64)).hasToString("faces of 64 pixels and more");
    assertThatThrownBy(() -> new FaceSizes(64, 64))
        .hasMessage("there are no faces of at least 64.0 and less than 64.0 pixels");
  }
}
