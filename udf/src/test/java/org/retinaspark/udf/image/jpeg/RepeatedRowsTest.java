package org.retinaspark.udf.image.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RepeatedRowsTest {

  @Test
  void interpolatesBetweenStoredRows() {
    byte[] samples = {10, 10, 50, 50, 90};
    new RepeatedRows(1, 5, 1, 0).smooth(samples);
    assertThat(samples).containsExactly(10, 20, 40, 60, 80);
  }

  @Test
  void leavesRowsThatAreNotRepeated() {
    byte[] samples = {10, 11, 50, 50};
    new RepeatedRows(1, 4, 1, 0).smooth(samples);
    assertThat(samples).containsExactly(10, 11, 50, 50);
  }

  @Test
  void leavesTheOtherComponents() {
    byte[] samples = {1, 10, 2, 10, 3, 50, 4, 50};
    new RepeatedRows(1, 4, 2, 1).smooth(samples);
    assertThat(samples).containsExactly(1, 10, 2, 20, 3, 40, 4, 50);
  }

  @Property
  void changesNothingTheSecondTime(
      @ForAll @Size(min = 1, max = 9) int @IntRange(min = 0, max = 6) [] stored) {
    byte[] samples = new byte[2 * stored.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) stored[i / 2];
    }
    RepeatedRows rows = new RepeatedRows(1, samples.length, 1, 0);
    rows.smooth(samples);
    byte[] once = samples.clone();
    rows.smooth(samples);
    assertThat(samples).isEqualTo(once);
  }
}
