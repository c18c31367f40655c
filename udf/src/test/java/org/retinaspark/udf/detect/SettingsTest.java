package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong settings are named with their value and what they may be. */
final class SettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-0.1|0.4|1|1|0|--score-threshold is -0.1, but must be from 0 to below 1",
        "1|0.4|1|1|0|--score-threshold is 1.0, but must be from 0 to below 1",
        "NaN|0.4|1|1|0|--score-threshold is NaN, but must be from 0 to below 1",
        "0|1.1|1|1|0|--nms-threshold is 1.1, but must be from 0 to 1",
        "0|0.4|0|1|0|--top-k is 0, but must be at least 1",
        "0|0.4|1|0|0|--max-faces is 0, but must be at least 1",
        "0|0.4|1|1|-1|--min-face is -1.0, but must be a number of pixels, at least 0",
        "0|0.4|1|1|Infinity|--min-face is Infinity, but must be a number of pixels, at least 0",
      })
  void thresholds(
      float score, float overlap, int candidates, int faces, float minimum, String message) {
    assertThatThrownBy(() -> new Thresholds(score, overlap, candidates, faces, minimum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void sidesAreRoundedUpToTheMultiple() {
    assertThat(inMultiplesOf(32).roundUp(1)).isEqualTo(32);
    assertThat(inMultiplesOf(32).roundUp(64)).isEqualTo(64);
    assertThat(inMultiplesOf(32).roundUp(65)).isEqualTo(96);
    assertThat(inMultiplesOf(1).roundUp(517)).isEqualTo(517);
    assertThatThrownBy(() -> inMultiplesOf(0)).hasMessage("multiple must be at least 1, not 0");
  }

  private static InputSize inMultiplesOf(int multiple) {
    return new InputSize(InputSize.DYNAMIC, InputSize.DYNAMIC, InputSize.DYNAMIC, multiple);
  }
}
