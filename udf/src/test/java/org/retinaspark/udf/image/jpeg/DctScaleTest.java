package org.retinaspark.udf.image.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DctScaleTest {

  @ParameterizedTest
  @CsvSource({"0.001,1", "0.125,1", "0.126,2", "0.3,4", "0.5,4", "0.51,8", "1,8", "1.7,8"})
  void scaleKeepsAtLeastTheShare(double share, int eighths) {
    assertThat(DctScale.atLeast(share)).isEqualTo(new DctScale(eighths));
  }

  @Test
  void sidesAreRoundedUp() {
    assertThat(new DctScale(4).of(1024)).isEqualTo(512);
    assertThat(new DctScale(4).of(683)).isEqualTo(342);
    assertThat(new DctScale(1).of(1)).isEqualTo(1);
    assertThat(DctScale.FULL.of(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }
}
