package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
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
    "original, 1024, 768, 1024, 768, 1024, 768",
    "original, 517, 33, 517, 33, 544, 64",
    "vga, 1024, 768, 640, 480, 640, 480",
    "vga, 768, 1024, 480, 640, 480, 640",
    "vga, 100, 60, 640, 384, 640, 384",
    "vga, 20000, 1, 640, 1, 640, 32",
    "vga, 1, 1, 640, 640, 640, 640",
    "mxnet, 1024, 768, 2133, 1600, 2144, 1600",
    "mxnet, 768, 1024, 1600, 2133, 1600, 2144",
    "mxnet, 1024, 683, 2150, 1434, 2176, 1440",
    "mxnet, 3000, 3000, 1600, 1600, 1600, 1600",
    "mxnet, 20000, 1, 2150, 1, 2176, 32",
    "mxnet, 1, 1, 1600, 1600, 1600, 1600",
  })
  void imagesArePlaced(
      String protocol,
      int width,
      int height,
      int contentWidth,
      int contentHeight,
      int tensorWidth,
      int tensorHeight) {
    assertThat(Protocol.named(protocol).placements(width, height, OPEN))
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
            "protocol 'original' needs inputs of any size, but the model takes [1, 3, 640, 640],"
                + " which serves 'vga': make it dynamic with 'model import FILE -o OUT', or choose"
                + " another protocol");
    assertThatThrownBy(() -> Protocol.VGA.requireServedBy(new InputSize(1, 320, 640, 32)))
        .hasMessageStartingWith("protocol 'vga' needs inputs of up to 640x640");
  }

  @Test
  void openModelServesEveryProtocol() {
    for (Protocol protocol : Protocol.KNOWN) {
      assertThatCode(() -> protocol.requireServedBy(OPEN)).doesNotThrowAnyException();
    }
  }

  @Test
  void protocolsAreFoundByName() {
    assertThat(Protocol.named("original")).isSameAs(Protocol.ORIGINAL);
    assertThat(Protocol.named("VGA")).isSameAs(Protocol.VGA);
    assertThatThrownBy(() -> Protocol.named("pyramids"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "there is no protocol 'pyramids': choose one of original, vga, mxnet, pyramid, robust");
  }

  @Test
  void protocolWithoutRulesIsRefused() {
    assertThatThrownBy(() -> new Protocol("none", List.of(), new NonMaximumSuppression()))
        .hasMessage("protocol 'none' makes no network input of an image: give it a rule");
  }

  @Test
  void protocolIsAValueThatTravels() throws IOException, ClassNotFoundException {
    for (Protocol protocol : Protocol.KNOWN) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
        output.writeObject(protocol);
      }
      try (ObjectInputStream input =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(input.readObject()).isEqualTo(protocol).hasSameHashCodeAs(protocol);
      }
    }
  }

  @Test
  void pyramidHasFiveLevelsBothWaysRound() {
    InputSize exact = new InputSize(ANY, ANY, ANY, 1);
    assertThat(Protocol.PYRAMID.placements(1024, 768, exact))
        .extracting(Placement::contentWidth, Placement::contentHeight, Placement::flip)
        .containsExactly(
            tuple(667, 500, Flip.NONE),
            tuple(667, 500, Flip.HORIZONTAL),
            tuple(1067, 800, Flip.NONE),
            tuple(1067, 800, Flip.HORIZONTAL),
            tuple(1467, 1100, Flip.NONE),
            tuple(1467, 1100, Flip.HORIZONTAL),
            tuple(1867, 1400, Flip.NONE),
            tuple(1867, 1400, Flip.HORIZONTAL),
            tuple(2267, 1700, Flip.NONE),
            tuple(2267, 1700, Flip.HORIZONTAL));
    assertThat(Protocol.PYRAMID.placements(300, 1200, exact))
        .extracting(Placement::contentWidth, Placement::contentHeight)
        .containsOnly(
            tuple(188, 750),
            tuple(300, 1200),
            tuple(413, 1650),
            tuple(525, 2100),
            tuple(638, 2550));
  }

  @Test
  void everyRuleMakesAnInputOfItsOwn() {
    Protocol both =
        new Protocol(
            "both",
            List.of(
                new InputRule(new Scale.LongSide(320), Flip.HORIZONTAL),
                new InputRule(new Scale.Original(), Flip.NONE)),
            new NonMaximumSuppression());
    assertThat(both.placements(640, 480, OPEN))
        .containsExactly(
            new Placement(640, 480, 320, 240, 320, 256, Flip.HORIZONTAL),
            new Placement(640, 480, 640, 480, 640, 480));
    assertThatThrownBy(() -> both.requireServedBy(FIXED))
        .hasMessageStartingWith("protocol 'both' needs inputs of any size");
  }

  @Test
  void placementsAreChecked() {
    assertThatThrownBy(() -> new Placement(10, 10, 0, 10, 32, 32))
        .hasMessage("an image of 10x10 can't be placed as 0x10");
    assertThatThrownBy(() -> new Placement(10, 10, 40, 10, 32, 32))
        .hasMessage("content of 40x10 doesn't fit a tensor of 32x32");
  }

  @Test
  void inputsThatNoBufferHoldsAreRefused() {
    InputRule enlarging = new InputRule(new Scale.Multiple(new Scale.Original(), 20), Flip.NONE);
    assertThatThrownBy(() -> enlarging.placement(1024, 768, OPEN))
        .isInstanceOf(OversizedInputException.class)
        .hasMessage(
            "the image of 1024x768 would be a network input of 20480x15360 by the protocol's rule"
                + " 'the image's size, times 20.0', but one holds at most 178956970 pixels: choose"
                + " a protocol that makes less of it");
    assertThatThrownBy(() -> enlarging.placement(Integer.MAX_VALUE, 1, OPEN))
        .isInstanceOf(OversizedInputException.class);
    assertThatCode(() -> enlarging.placement(512, 384, OPEN)).doesNotThrowAnyException();
  }

  @Test
  void stepsLeadBackToTheImage() {
    Placement placement = new Placement(1024, 768, 640, 480, 640, 640);
    assertThat(placement.stepX()).isEqualTo(1.6f);
    assertThat(placement.stepY()).isEqualTo(1.6f);
  }
}
