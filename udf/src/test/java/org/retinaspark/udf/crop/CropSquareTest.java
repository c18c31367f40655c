package org.retinaspark.udf.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Point;

class CropSquareTest {

  @Test
  void liesAboutTheBoxByItsLongerSide() {
    assertThat(CropSquare.around(new Box(10, 20, 50, 100), 1.5))
        .isEqualTo(new CropSquare(30, 60, 120, 0));
  }

  @Test
  void itsCornersAreTheCropsCorners() {
    Similarity toCrop = new CropSquare(30, 60, 96, 0).toCrop(192);

    assertThat(toCrop.apply(new Point(-18, 12))).isEqualTo(new Point(0, 0));
    assertThat(toCrop.apply(new Point(78, 108))).isEqualTo(new Point(192, 192));
    assertThat(toCrop.scale()).isEqualTo(2);
  }

  @Test
  void turnedByTheEyesItPutsThemLevel() {
    Point left = new Point(20, 50);
    Point right = new Point(40, 70);

    Similarity toCrop = new CropSquare(30, 60, 100, 0).turnedBy(left, right).toCrop(192);

    assertThat(toCrop.apply(left).y()).isCloseTo(toCrop.apply(right).y(), within(1e-3f));
    assertThat(toCrop.apply(left).x()).isLessThan(toCrop.apply(right).x());
    assertThat(toCrop.apply(new Point(30, 60))).isEqualTo(new Point(96, 96));
  }

  @Test
  void eyesInOnePlaceLeaveItUpright() {
    Point eye = new Point(3, 4);

    assertThat(new CropSquare(30, 60, 100, 1).turnedBy(eye, eye).angle()).isZero();
  }

  @Property(tries = 300)
  void pointsComeBackToAThousandthOfAPixel(
      @ForAll @DoubleRange(min = -100, max = 4100) double x,
      @ForAll @DoubleRange(min = -100, max = 4100) double y,
      @ForAll @DoubleRange(min = 8, max = 4000) double side,
      @ForAll @DoubleRange(min = -3.2, max = 3.2) double angle,
      @ForAll @FloatRange(min = 0, max = 192) float u,
      @ForAll @FloatRange(min = 0, max = 192) float v) {
    Similarity toCrop = new CropSquare(x, y, side, angle).toCrop(192);

    Point back = toCrop.apply(toCrop.inverse().apply(new Point(u, v)));

    // A float32 of some thousand pixels is itself true to a four-thousandth of a pixel.
    double rounding = 5e-4 * Math.max(1, toCrop.scale());
    assertThat(Math.hypot(back.x() - u, back.y() - v)).isLessThan(1e-3 + rounding);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void eyesThatAreNowhereTurnNothing(float number) {
    CropSquare square = new CropSquare(1, 1, 9, 0);
    for (Point eye : List.of(new Point(0, number), new Point(number, 0))) {
      assertThatThrownBy(() -> square.turnedBy(eye, new Point(1, 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be finite");
      assertThatThrownBy(() -> square.turnedBy(new Point(1, 1), eye))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aCropOfNothingIsNone() {
    assertThatThrownBy(() -> CropSquare.around(new Box(5, 5, 5, 5), 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("side 0.0")
        .hasMessageContaining("can't be cut out");
    assertThatThrownBy(() -> CropSquare.around(new Box(Float.NaN, 5, 5, 9), 1.5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
