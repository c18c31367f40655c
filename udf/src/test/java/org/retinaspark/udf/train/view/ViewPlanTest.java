package org.retinaspark.udf.train.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.detect.family.Anchor;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.train.matching.LabelledBox;

class ViewPlanTest {

  private static final InputSize ANY = new InputSize(-1, InputSize.DYNAMIC, InputSize.DYNAMIC, 32);
  private static final List<Flip> BOTH = List.of(Flip.NONE, Flip.HORIZONTAL);
  private static final long MANY = 4_000_000;

  @Example
  void wholeImageIsPlacedAsDetectPlacesIt() {
    Detector detector =
        new Detector(
            new PyTorchFamily(ClassOutput.LOGITS), ANY, Protocol.ORIGINAL, Thresholds.WIDER_FACE);
    List<TrainingView> views =
        plan(List.of(1.0), List.of(Flip.NONE), 0, 7).views("a.jpg", 333, 217, List.of(), ANY);
    assertThat(views).hasSize(1);
    assertThat(views.get(0).placement()).isEqualTo(detector.placements(333, 217).get(0));
  }

  @Example
  void scalesAreBoundedByPixelsAndLookedAtOnce() {
    ViewPlan plan =
        new ViewPlan(List.of(0.001, 0.5, 1.0, 2.0), BOTH, 0, ColourUse.KEPT, 200 * 100, 1);
    List<Placement> placements =
        plan.views("a.jpg", 200, 100, List.of(), ANY).stream()
            .map(TrainingView::placement)
            .toList();
    assertThat(placements)
        .extracting(Placement::contentWidth)
        .containsExactly(1, 1, 100, 100, 200, 200);
    assertThat(placements).extracting(Placement::flip).startsWith(Flip.NONE, Flip.HORIZONTAL);
    InputSize fixed = new InputSize(1, 64, 128, 1);
    for (TrainingView view : plan.views("a.jpg", 200, 100, List.of(), fixed)) {
      assertThat(view.placement().tensorWidth()).isEqualTo(128);
      assertThat(view.placement().contentHeight()).isLessThanOrEqualTo(64);
    }
  }

  @Property(tries = 100)
  void cropsAreSquaresOfTheShortSideThatHoldAWholeFace(
      @ForAll @IntRange(min = 30, max = 400) int width,
      @ForAll @IntRange(min = 30, max = 400) int height,
      @ForAll @LongRange(min = 0, max = 1000) long seed) {
    LabelledBox face = new LabelledBox(0, new Box(10, 8, 17, 16), false);
    LabelledBox ignored = new LabelledBox(1, new Box(20, 20, 24, 24), true);
    ViewPlan plan = plan(List.of(), BOTH, 3, seed);
    List<TrainingView> views = plan.views("a.jpg", width, height, List.of(face, ignored), ANY);
    assertThat(views).isNotEmpty();
    for (TrainingView view : views) {
      ImagePart part = view.part();
      assertThat(part.width()).isEqualTo(part.height());
      assertThat(part.width())
          .isBetween((int) (0.3 * Math.min(width, height)), Math.min(width, height));
      assertThat(part.holds(face.box())).isTrue();
      assertThat(view.placement().contentWidth()).isEqualTo(640);
      assertThat(view.placement().contentHeight()).isEqualTo(640);
      assertThat(view.seen(List.of(face))).extracting(LabelledBox::ignored).containsExactly(false);
    }
    assertThat(plan.views("a.jpg", width, height, List.of(face, ignored), ANY)).isEqualTo(views);
  }

  @Example
  void whatIsDrawnDependsOnSeedImageAndView() {
    List<LabelledBox> faces = List.of(new LabelledBox(0, new Box(190, 190, 200, 200), false));
    ViewPlan plan = new ViewPlan(List.of(1.0), BOTH, 4, ColourUse.DISTORTED, MANY, 5);
    List<TrainingView> views = plan.views("a.jpg", 400, 500, faces, ANY);
    assertThat(views).hasSize(6).extracting(TrainingView::number).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(views).extracting(TrainingView::colour).doesNotHaveDuplicates();
    assertThat(views.subList(2, 6)).extracting(TrainingView::part).doesNotHaveDuplicates();
    assertThat(plan.views("b.jpg", 400, 500, faces, ANY)).isNotEqualTo(views);
    ViewPlan other = new ViewPlan(List.of(1.0), BOTH, 4, ColourUse.DISTORTED, MANY, 6);
    assertThat(other.views("a.jpg", 400, 500, faces, ANY)).isNotEqualTo(views);
  }

  @Example
  void withoutAWholeFaceThereIsNoCrop() {
    List<LabelledBox> faces = List.of(new LabelledBox(0, new Box(-5, 2, 9, 9), false));
    assertThat(plan(List.of(1.0), BOTH, 5, 1).views("a.jpg", 50, 60, faces, ANY)).hasSize(2);
  }

  @Example
  void cutFacesAreIgnoredAndThoseOutsideLeftOut() {
    ImagePart part = new ImagePart(0, 20, 40, 40, 100, 80);
    TrainingView view =
        new TrainingView(
            0, part, new Placement(40, 40, 80, 80, 96, 96, Flip.HORIZONTAL), ColourDistortion.NONE);
    List<LabelledBox> seen =
        view.seen(
            List.of(
                new LabelledBox(4, new Box(10, 30, 20, 45), false),
                new LabelledBox(5, new Box(30, 30, 48, 40), false),
                new LabelledBox(6, new Box(35, 30, 48, 40), false),
                new LabelledBox(7, new Box(-3, 30, 9, 40), false)));
    assertThat(seen)
        .containsExactly(
            new LabelledBox(4, new Box(40, 20, 60, 50), false),
            new LabelledBox(5, new Box(0, 20, 20, 40), true),
            // Past the image's own edge nothing is cut.
            new LabelledBox(7, new Box(62, 20, 86, 40), false));
  }

  /** The place where a network sees something is the place that is told of it. */
  @Property(tries = 100)
  void referencesComeBackToWhereTheFaceWas(
      @ForAll Flip flip,
      @ForAll @IntRange(min = 0, max = 30) int left,
      @ForAll @IntRange(min = 0, max = 20) int top,
      @ForAll @IntRange(min = 1, max = 300) int wide,
      @ForAll @IntRange(min = 1, max = 300) int high) {
    ImagePart part = new ImagePart(left, top, 50, 60, 80, 80);
    TrainingView view =
        new TrainingView(
            0, part, new Placement(50, 60, wide, high, 320, 320, flip), ColourDistortion.NONE);
    Box box = new Box(left + 11, top + 7.5f, left + 23, top + 31);
    Box seen = view.seen(List.of(new LabelledBox(0, box, false))).get(0).box();
    Anchor reference =
        new Anchor(
            (seen.x1() + seen.x2()) / 2, (seen.y1() + seen.y2()) / 2, seen.width(), seen.height());
    Box back = view.inImage(reference).box();
    assertThat(back.x1()).isCloseTo(box.x1(), within(1e-3f));
    assertThat(back.y1()).isCloseTo(box.y1(), within(1e-3f));
    assertThat(back.x2()).isCloseTo(box.x2(), within(1e-3f));
    assertThat(back.y2()).isCloseTo(box.y2(), within(1e-3f));
  }

  @Example
  void pixelsAreThoseOfThePart() {
    byte[] bgr = new byte[6 * 5 * 3];
    for (int at = 0; at < bgr.length; at++) {
      bgr[at] = (byte) at;
    }
    Pixels image = new Pixels(6, 5, bgr);
    Placement placement = new Placement(2, 3, 2, 3, 32, 32);
    ImagePart part = new ImagePart(3, 1, 2, 3, 6, 5);
    TrainingView kept = new TrainingView(0, part, placement, ColourDistortion.NONE);
    assertThat(kept.pixels(image).bgr()[0]).isEqualTo((byte) ((6 + 3) * 3));
    assertThat(kept.pixels(image).bgr()[17]).isEqualTo((byte) ((3 * 6 + 4) * 3 + 2));
    ColourDistortion brighter =
        new ColourDistortion(9.5f, 1, 1, 0, ColourDistortion.Order.CONTRAST_FIRST);
    TrainingView whole = new TrainingView(0, ImagePart.whole(6, 5), placement, brighter);
    assertThat(whole.pixels(image).bgr()[1]).isEqualTo((byte) 10);
    assertThat(image.bgr()[1]).isEqualTo((byte) 1);
    assertThatThrownBy(() -> kept.pixels(new Pixels(3, 2, bgr)))
        .hasMessageContaining("isn't the frame of 6x5");
  }

  @Example
  void plansThatCannotBeMeantAreRefused() {
    assertThatThrownBy(() -> plan(List.of(-1.0), BOTH, 0, 0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> plan(List.of(Double.NaN), BOTH, 0, 0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> plan(List.of(), BOTH, 0, 0)).hasMessageContaining("give a scale");
    assertThatThrownBy(() -> new ImagePart(3, 0, 4, 4, 6, 6)).hasMessageContaining("isn't one of");
  }

  private static ViewPlan plan(List<Double> scales, List<Flip> flips, int crops, long seed) {
    return new ViewPlan(scales, flips, crops, ColourUse.KEPT, MANY, seed);
  }
}
