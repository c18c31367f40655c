package org.retinaspark.udf.input;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.image.Pixels;

/** What an input format and pixels refuse. */
final class InputFormatTest {

  private static final List<Float> BLACK = List.of(0f, 0f, 0f);

  @Test
  void inputFormats() {
    assertThatThrownBy(() -> new InputFormat(ChannelOrder.RGB, List.of(1f, 2f), 1))
        .hasMessage("mean must be three finite numbers, not [1.0, 2.0]");
    assertThatThrownBy(() -> new InputFormat(ChannelOrder.RGB, List.of(1f, 2f, Float.NaN), 1))
        .hasMessage("mean must be three finite numbers, not [1.0, 2.0, NaN]");
    assertThatThrownBy(() -> new InputFormat(ChannelOrder.RGB, BLACK, 0))
        .hasMessage("scale must be a positive number, not 0.0");
    assertThatThrownBy(() -> new InputFormat(ChannelOrder.RGB, BLACK, Float.NaN))
        .hasMessage("scale must be a positive number, not NaN");
  }

  @Test
  void pixelsAreWhatTheyAre() {
    assertThatThrownBy(() -> new InputFormat(TensorLayout.PIXELS, ChannelOrder.RGB, BLACK, 0.5f))
        .hasMessage("pixels are BGR from 0 to 255, not RGB, (pixel - [0.0, 0.0, 0.0]) x 0.5");
  }

  @Test
  void pixelsHaveToCoverTheImage() {
    assertThatThrownBy(() -> new Pixels(0, 5, new byte[0]))
        .hasMessage("an image of 0x5 has no pixels");
    assertThatThrownBy(() -> new Pixels(2, 2, new byte[11]))
        .hasMessage("11 bytes are too few for 2x2 pixels in BGR");
  }
}
