package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.IntStream;
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
            tuple(1024, 683, new FaceSizes(0, 320)), tuple(256, 171, FaceSizes.from(64)));
    assertThat(Protocol.ROBUST.placements(3000, 4000, OPEN))
        .extracting(Placement::contentWidth, Placement::contentHeight, Placement::faces)
        .containsExactly(
            tuple(3000, 4000, new FaceSizes(0, 320)),
            tuple(750, 1000, new FaceSizes(64, 320)),
            tuple(188, 250, FaceSizes.from(64)));
  }

  @Property
  void noFaceIsLeftToAnInputThatIsNotMade(
      @ForAll @IntRange(min = 1, max = 13_000) int width,
      @ForAll @IntRange(min = 1, max = 13_000) int height,
      @ForAll @FloatRange(min = 0.01f, max = 2) float share) {
    float side = share * Math.max(width, height);
    assertThat(Protocol.ROBUST.placements(width, height, OPEN))
        .anyMatch(
            input -> {
              float pixels = side / input.step();
              return pixels >= input.faces().smallest() && pixels < input.faces().doubtful();
            });
  }

  @Example
  void anInputOfOnePixelsHeightIsForFacesOfItsLength() {
    List<Placement> inputs = Protocol.ROBUST.placements(8200, 88, OPEN);
    assertThat(inputs)
        .extracting(Placement::contentWidth, Placement::contentHeight)
        .endsWith(tuple(513, 6), tuple(128, 1));
    assertThat(inputs.get(3).step()).isEqualTo(8200 / 128f);
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
  void smallerFacesAreLeftToLargerInputs() {
    Placement quarter = input(200, new FaceSizes(64, 100));
    Candidates found =
        candidates(quarter, new Box(0, 0, 60, 63), new Box(0, 0, 10, 64), new Box(0, 0, 99, 20));
    assertThat(found.size()).isEqualTo(2);
    assertThat(found.face(0))
        .isEqualTo(new Face(0.6f, new Box(0, 0, 40, 256), List.of(new Point(40, 256))));
    assertThat(found.face(1))
        .isEqualTo(new Face(0.7f, new Box(0, 0, 396, 80), List.of(new Point(396, 80))));
  }

  @Example
  void doubtedFacesCountOnlyWhereAnotherInputShowsThem() {
    Placement full = input(800, new FaceSizes(0, 320));
    Placement quarter = input(200, FaceSizes.from(64));
    Box small = new Box(0, 0, 100, 319);
    Box shown = new Box(400, 400, 720, 700);
    Box chin = new Box(100, 400, 300, 720);
    Candidates alone = candidates(full, small, shown, chin);
    Candidates coarse = candidates(quarter, new Box(101, 100, 180, 175), new Box(0, 0, 180, 180));

    Candidates joined = Candidates.joined(List.of(alone, coarse));

    assertThat(boxes(joined))
        .containsExactly(small, shown, new Box(404, 400, 720, 700), new Box(0, 0, 720, 720));
    assertThat(boxes(Candidates.joined(List.of(coarse, alone))))
        .containsExactly(new Box(404, 400, 720, 700), new Box(0, 0, 720, 720), small, shown);
    assertThat(boxes(Candidates.joined(List.of(alone)))).containsExactly(small);
    assertThat(boxes(Candidates.joined(List.of(candidates(input(800, FaceSizes.ANY), chin)))))
        .containsExactly(chin);
  }

  private static Placement input(int side, FaceSizes faces) {
    return new Placement(800, 800, side, side, side, side, Flip.NONE, faces);
  }

  /** With scores of 0.5, 0.6 and so on, and a landmark at the lower right corner. */
  private static Candidates candidates(Placement input, Box... boxes) {
    Candidates candidates = new Candidates(new Mirror(0, List.of(0)));
    for (Box box : boxes) {
      candidates.add(input, 0.5f + candidates.size() / 10f, box);
      candidates.landmark(input, 0, new Point(box.x2(), box.y2()));
    }
    return candidates.of(input);
  }

  private static List<Box> boxes(Candidates candidates) {
    return IntStream.range(0, candidates.size())
        .mapToObj(candidate -> candidates.face(candidate).box())
        .toList();
  }

  @Example
  void rulesSayWhichFacesTheyAreFor() {
    assertThat(Protocol.ROBUST.inputs().subList(0, 2))
        .extracting(InputRule::toString)
        .containsExactly(
            "the image's size, faces of 0 pixels and more, doubted from 320 on",
            "the image's size, times 0.25, faces of 64 pixels and more, doubted from 320 on");
    assertThat(FaceSizes.from(64)).hasToString("faces of 64 pixels and more");
    assertThatThrownBy(() -> new FaceSizes(64, 64))
        .hasMessage("faces of 64.0 pixels and more can't be doubted from 64.0 on");
  }
}
