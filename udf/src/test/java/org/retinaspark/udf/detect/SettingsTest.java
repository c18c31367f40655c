package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong settings are named with their value and what they may be. */
final class SettingsTest {

  private static final List<Float> BLACK = List.of(0f, 0f, 0f);

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
  void inputFormats() {
    assertThatThrownBy(() -> new InputFormat(ChannelOrder.RGB, List.of(1f, 2f), 1, 1))
        .hasMessage("mean must be three finite numbers, not [1.0, 2.0]");
    assertThatThrownBy(() -> new InputFormat(ChannelOrder.RGB, List.of(1f, 2f, Float.NaN), 1, 1))
        .hasMessage("mean must be three finite numbers, not [1.0, 2.0, NaN]");
    assertThatThrownBy(() -> new InputFormat(ChannelOrder.RGB, BLACK, 0, 1))
        .hasMessage("scale must be a positive number, not 0.0");
    assertThatThrownBy(() -> new InputFormat(ChannelOrder.RGB, BLACK, Float.NaN, 1))
        .hasMessage("scale must be a positive number, not NaN");
    assertThatThrownBy(() -> new InputFormat(ChannelOrder.RGB, BLACK, 1, 0))
        .hasMessage("multiple must be at least 1, not 0");
  }

  @Test
  void pixelsAreWhatTheyAre() {
    assertThat(InputFormat.pixels(32).multiple()).isEqualTo(32);
    assertThatThrownBy(() -> new InputFormat(TensorLayout.PIXELS, ChannelOrder.RGB, BLACK, 0.5f, 1))
        .hasMessage("pixels are BGR from 0 to 255, not RGB, (pixel - [0.0, 0.0, 0.0]) x 0.5");
  }

  @Test
  void sidesAreRoundedUpToTheMultiple() {
    assertThat(InsightFaceFamily.INPUT.roundUp(1)).isEqualTo(32);
    assertThat(InsightFaceFamily.INPUT.roundUp(64)).isEqualTo(64);
    assertThat(InsightFaceFamily.INPUT.roundUp(65)).isEqualTo(96);
    assertThat(PyTorchFamily.INPUT.roundUp(517)).isEqualTo(517);
  }

  @Test
  void pixelsHaveToCoverTheImage() {
    assertThatThrownBy(() -> new Pixels(0, 5, new byte[0]))
        .hasMessage("an image of 0x5 has no pixels");
    assertThatThrownBy(() -> new Pixels(2, 2, new byte[11]))
        .hasMessage("11 bytes are too few for 2x2 pixels in BGR");
  }
}
