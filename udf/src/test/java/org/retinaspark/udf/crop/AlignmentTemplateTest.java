package org.retinaspark.udf.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.udf.detect.Point;

/** The template at other sizes and with margins, and what brings a face to it. */
class AlignmentTemplateTest {

  private static final AlignmentTemplate ARCFACE = AlignmentTemplate.ARCFACE;

  /** Numbers of InsightFace's {@code estimate_norm}; 160 it refuses. */
  @ParameterizedTest
  @CsvSource({
    "112, 38.2946, 51.6963",
    "224, 76.5892, 103.3926",
    "128, 46.2946, 51.6963",
    "256, 92.5892, 103.3926",
    "896, 306.3568, 413.5704",
    "160, 54.7066, 73.8519"
  })
  void leftEyeMovesAsInInsightFace(int size, float x, float y) {
    AlignmentTemplate template = ARCFACE.sized(size);
    assertThat(template.side()).isEqualTo(size);
    assertThat(template.points().get(0).x()).isCloseTo(x, within(1e-3f));
    assertThat(template.points().get(0).y()).isCloseTo(y, within(1e-3f));
  }

  @Test
  void otherTemplatesOnlyGrow() {
    AlignmentTemplate own = new AlignmentTemplate("own", 112, ARCFACE.points());
    assertThat(own.sized(128).points().get(0).x()).isCloseTo(38.2946f * 128 / 112, within(1e-3f));
  }

  @Test
  void marginWidensAboutTheCentre() {
    AlignmentTemplate wide = ARCFACE.widened(0.5);
    for (int point = 0; point < AlignmentTemplate.POINTS; point++) {
      Point before = ARCFACE.points().get(point);
      Point after = wide.points().get(point);
      // Half as far from the crop's centre, which is pixel 55.5 as OpenCV counts.
      assertThat(after.x() - 55.5f).isCloseTo((before.x() - 55.5f) / 2, within(1e-4f));
      assertThat(after.y() - 55.5f).isCloseTo((before.y() - 55.5f) / 2, within(1e-4f));
    }
    assertThat(ARCFACE.widened(0)).isSameAs(ARCFACE);
  }

  @Property(tries = 200)
  void aMovedTemplateIsBroughtBack(
      @ForAll @DoubleRange(min = 0.01, max = 100) double scale,
      @ForAll @DoubleRange(min = -3, max = 3) double angle,
      @ForAll @DoubleRange(min = -500, max = 500) double x) {
    Similarity moved = new Similarity(scale * Math.cos(angle), scale * Math.sin(angle), x, -x / 3);
    List<Point> face = ARCFACE.points().stream().map(moved::apply).toList();
    Similarity back = ARCFACE.alignment(face).orElseThrow();
    assertThat(back.scale()).isCloseTo(1 / scale, within(1e-3 / scale));
    // Its numbers are those of pixels' centres: half a pixel from the corner.
    for (int point = 0; point < AlignmentTemplate.POINTS; point++) {
      Point in = face.get(point);
      Point out = back.apply(new Point(in.x() + 0.5f, in.y() + 0.5f));
      assertThat(out.x()).isCloseTo(ARCFACE.points().get(point).x() + 0.5f, within(0.02f));
      assertThat(out.y()).isCloseTo(ARCFACE.points().get(point).y() + 0.5f, within(0.02f));
    }
  }

  @Test
  void aMirroredFaceIsNotMirroredBack() {
    List<Point> swapped = new ArrayList<>(ARCFACE.points());
    Collections.swap(swapped, 0, 1);
    Collections.swap(swapped, 3, 4);
    assertThat(ARCFACE.alignment(swapped).orElseThrow().scale()).isLessThan(1);
  }

  @Test
  void landmarksWithoutExtentHaveNone() {
    assertThat(ARCFACE.alignment(Collections.nCopies(5, new Point(3, 4)))).isEmpty();
    List<Point> broken = new ArrayList<>(ARCFACE.points());
    broken.set(2, new Point(Float.NaN, 1));
    assertThat(ARCFACE.alignment(broken)).isEmpty();
  }

  @Test
  void whatIsNoTemplateIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlignmentTemplate("x", 112, ARCFACE.points().subList(0, 4)))
        .withMessageContaining("4 points");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlignmentTemplate("x", 112, Collections.nCopies(5, new Point(1, 1))))
        .withMessageContaining("one place");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlignmentTemplate("x", Double.NaN, ARCFACE.points()))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlignmentTemplate("x", 1, ARCFACE.points()))
        .withMessageContaining("far from its square");
  }
}
