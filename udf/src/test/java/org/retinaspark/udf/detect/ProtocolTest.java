package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProtocolTest {

  private static final int ANY = InputSize.DYNAMIC;
  private static final InputSize OPEN = new InputSize(ANY, ANY, ANY, 32);
  private static final InputSize FIXED = new InputSize(1, 640, 640, 32);

  @ParameterizedTest
  @CsvSource({
    // protocol, image, content, tensor for multiples of 32
    "ORIGINAL, 1024, 768, 1024, 768, 1024, 768",
    "ORIGINAL, 517, 33, 517, 33, 544, 64",
    "VGA, 1024, 768, 640, 480, 640, 480",
    "VGA, 768, 1024, 480, 640, 480, 640",
    "VGA, 100, 60, 640, 384, 640, 384",
    "VGA, 20000, 1, 640, 1, 640, 32",
    "VGA, 1, 1, 640, 640, 640, 640",
  })
  void imagesArePlaced(
      Protocol protocol,
      int width,
      int height,
      int contentWidth,
      int contentHeight,
      int tensorWidth,
      int tensorHeight) {
    assertThat(protocol.placements(width, height, OPEN))
        .containsExactly(
            new Placement(width, height, contentWidth, contentHeight, tensorWidth, tensorHeight));
  }

  @Test
  void fixedModelTakesVgaOnly() {
    assertThatCode(() -> Protocol.VGA.requireServedBy(FIXED)).doesNotThrowAnyException();
    assertThat(Protocol.VGA.placements(1024, 768, FIXED))
        .containsExactly(new Placement(1024, 768, 640, 480, 640, 640));
    assertThatThrownBy(() -> Protocol.ORIGINAL.requireServedBy(FIXED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "protocol 'original' needs inputs of any size, but the model declares"
                + " [1, 3, 640, 640]: make it dynamic with 'model import FILE -o OUT',"
                + " or choose another protocol");
    assertThatThrownBy(() -> Protocol.VGA.requireServedBy(new InputSize(1, 320, 640, 32)))
        .hasMessageStartingWith("protocol 'vga' needs inputs of up to 640x640");
  }

  @Test
  void openModelServesEveryProtocol() {
    for (Protocol protocol : Protocol.values()) {
      assertThatCode(() -> protocol.requireServedBy(OPEN)).doesNotThrowAnyException();
    }
  }

  @Test
  void placementsAreChecked() {
    assertThatThrownBy(() -> new Placement(10, 10, 0, 10, 32, 32))
        .hasMessage("an image of 10x10 can't be placed as 0x10");
    assertThatThrownBy(() -> new Placement(10, 10, 40, 10, 32, 32))
        .hasMessage("content of 40x10 doesn't fit a tensor of 32x32");
  }

  @Test
  void stepsLeadBackToTheImage() {
    Placement placement = new Placement(1024, 768, 640, 480, 640, 640);
    assertThat(placement.stepX()).isEqualTo(1.6f);
    assertThat(placement.stepY()).isEqualTo(1.6f);
  }
}
