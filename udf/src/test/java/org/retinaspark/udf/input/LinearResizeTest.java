package org.retinaspark.udf.input;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class LinearResizeTest {

  @Property
  void tapsLieInsideAndNextToEachOther(
      @ForAll @IntRange(min = 1, max = 3000) int source,
      @ForAll @IntRange(min = 1, max = 3000) int target) {
    LinearResize resize = LinearResize.between(source, target);
    for (int index = 0; index < target; index++) {
      assertThat(resize.first(index)).isBetween(0, source - 1);
      assertThat(resize.second(index) - resize.first(index)).isBetween(0, 1);
      assertThat(resize.second(index)).isLessThan(source);
      assertThat(resize.share(index)).isBetween(0f, 1f);
    }
  }

  @Property
  void sameSizeIsTheIdentity(@ForAll @IntRange(min = 1, max = 3000) int size) {
    LinearResize resize = LinearResize.between(size, size);
    for (int index = 0; index < size; index++) {
      assertThat(position(resize, index)).isEqualTo(index);
    }
  }

  @Example
  void doublingHasHalfPixelCentres() {
    LinearResize resize = LinearResize.between(4, 8);
    float[] expected = {0, 0.25f, 0.75f, 1.25f, 1.75f, 2.25f, 2.75f, 3};
    for (int index = 0; index < expected.length; index++) {
      assertThat(position(resize, index)).isEqualTo(expected[index]);
    }
  }

  private static double position(LinearResize resize, int index) {
    return resize.first(index) + (double) resize.share(index);
  }
}
