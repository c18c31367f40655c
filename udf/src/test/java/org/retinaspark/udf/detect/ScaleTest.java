package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class ScaleTest {

  private static final InputSize OPEN =
      new InputSize(InputSize.DYNAMIC, InputSize.DYNAMIC, InputSize.DYNAMIC, 1);

  @Property
  void noInputIsLongerThanItsRuleSays(
      @ForAll("sides") int width, @ForAll("sides") int height, @ForAll("rules") Scale rule) {
    Placement placement = new InputRule(rule, Flip.NONE).placement(width, height, OPEN);
    assertThat(Math.max(placement.contentWidth(), placement.contentHeight()))
        .isLessThanOrEqualTo(rule.longestSide().orElseThrow());
  }

  @Property
  void aMultipleOfALongSideIsNoLongerThanThat(
      @ForAll("sides") int width,
      @ForAll("sides") int height,
      @ForAll @IntRange(min = 1, max = 3000) int pixels,
      @ForAll @IntRange(min = 1, max = 400) int hundredths) {
    Scale rule = new Scale.Multiple(new Scale.LongSide(pixels), hundredths / 100.0);
    int longest = rule.longestSide().orElseThrow();
    Placement placement = new InputRule(rule, Flip.NONE).placement(width, height, OPEN);
    assertThat(Math.max(placement.contentWidth(), placement.contentHeight()))
        .isBetween(longest - 1, Math.max(1, longest));
    if (hundredths == 100) {
      assertThat(longest).isEqualTo(pixels);
    }
  }

  @Example
  void multiplesOfALongSideFitAModelOfThatSize() {
    InputSize fixed = new InputSize(1, 640, 640, 32);
    Scale whole = new Scale.Multiple(new Scale.LongSide(640), 1);
    assertThat(new InputRule(whole, Flip.NONE).isServedBy(fixed)).isTrue();
  }

  @Property
  void theShortSideIsAskedForOrTheLongSideIsAtItsEnd(
      @ForAll("sides") int width, @ForAll("sides") int height) {
    Placement placement =
        new InputRule(new Scale.ShortSide(1600, 2150), Flip.NONE).placement(width, height, OPEN);
    int shorter = Math.min(placement.contentWidth(), placement.contentHeight());
    int longer = Math.max(placement.contentWidth(), placement.contentHeight());
    assertThat(shorter == 1600 || longer == 2150).isTrue();
    assertThat(shorter).isLessThanOrEqualTo(1600);
  }

  /** {@code get_boxes} of InsightFace's {@code test_widerface.py}, as it reads. */
  @Property
  void pyramidIsThatOfTheReference(@ForAll("sides") int width, @ForAll("sides") int height) {
    double scale = 800.0 / Math.min(width, height);
    if (Math.rint(scale * Math.max(width, height)) > 1200) {
      scale = 1200.0 / Math.max(width, height);
    }
    double[] levels = {500, 800, 1100, 1400, 1700};
    for (int level = 0; level < levels.length; level++) {
      for (int way = 0; way < 2; way++) {
        InputRule rule = Protocol.PYRAMID.inputs().get(2 * level + way);
        assertThat(rule.scale().factor(width, height))
            .isCloseTo(levels[level] / 800 * scale, within(1e-9));
        assertThat(rule.flip()).isEqualTo(way == 0 ? Flip.NONE : Flip.HORIZONTAL);
      }
    }
  }

  @Example
  void rulesSayWhatTheyDo() {
    assertThat(Protocol.MXNET.inputs())
        .extracting(InputRule::toString)
        .containsExactly("short side 1600, long side at most 2150");
    assertThat(Protocol.PYRAMID.inputs())
        .extracting(InputRule::toString)
        .endsWith("short side 800, long side at most 1200, times 2.125, mirrored");
    assertThat(Protocol.VGA.inputs())
        .extracting(InputRule::toString)
        .containsExactly("long side 640");
  }

  @Example
  void senselessRulesAreRefused() {
    assertThatThrownBy(() -> new Scale.ShortSide(800, 640))
        .hasMessage("the short side can't be 800 pixels where the long side is at most 640");
    for (double multiple : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Scale.Multiple(new Scale.Original(), multiple))
          .hasMessage("an image can't be scaled by " + multiple);
    }
  }

  @Provide
  Arbitrary<Integer> sides() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 65535), Arbitraries.integers().between(500, 1100));
  }

  @Provide
  Arbitrary<Scale> rules() {
    return Arbitraries.of(
        new Scale.LongSide(640),
        new Scale.ShortSide(1600, 2150),
        new Scale.ShortSide(1, 1),
        new Scale.Multiple(new Scale.ShortSide(800, 1200), 2.125),
        new Scale.Multiple(new Scale.ShortSide(800, 1200), 0.625),
        new Scale.Multiple(new Scale.LongSide(333), 1.3));
  }
}
