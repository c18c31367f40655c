package org.retinaspark.udf.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;

final class TensorWriterTest {

  private static final int WIDTH = 37;
  private static final int HEIGHT = 23;
  private static final Pixels PHOTO = noise();
  private static final InputFormat PLAIN =
      new InputFormat(ChannelOrder.BGR, List.of(0f, 0f, 0f), 1);

  @ParameterizedTest
  @CsvSource({"50,41", "16,10", "37,40", "74,46"})
  void pixelsAreThePlanesRounded(int width, int height) {
    Placement placement = new Placement(WIDTH, HEIGHT, width, height, 80, 48);
    byte[] pixels = writePixels(PHOTO, placement);
    FloatBuffer planes = write(PLAIN, PHOTO, placement);
    for (int index = 0; index < pixels.length; index++) {
      // A weight of the rounded ones has 11 binary digits.
      assertThat(planes.get(index % 3 * 80 * 48 + index / 3))
          .isCloseTo(pixels[index] & 0xff, within(0.7f));
    }
  }

  @ParameterizedTest
  @EnumSource(ChannelOrder.class)
  void interleavedAndPlanesHoldTheSameValues(ChannelOrder order) {
    Placement placement = new Placement(WIDTH, HEIGHT, 50, 41, 80, 48);
    InputFormat format = new InputFormat(order, List.of(104f, 117f, 123f), 0.5f);
    FloatBuffer planes = write(format, PHOTO, placement);
    FloatBuffer interleaved = write(format.in(TensorLayout.INTERLEAVED), PHOTO, placement);
    for (int index = 0; index < 80 * 48 * 3; index++) {
      assertThat(interleaved.get(index)).isEqualTo(planes.get(index % 3 * 80 * 48 + index / 3));
    }
  }

  @ParameterizedTest
  @CsvSource({"37,23", "50,41", "16,10"})
  void mirroredRowsAreTheRowsTurnedRoundInsideTheContent(int width, int height) {
    byte[] plain = writePixels(PHOTO, new Placement(WIDTH, HEIGHT, width, height, 64, 48));
    byte[] mirrored =
        writePixels(PHOTO, new Placement(WIDTH, HEIGHT, width, height, 64, 48, Flip.HORIZONTAL));
    for (int row = 0; row < 48; row++) {
      for (int column = 0; column < 64; column++) {
        int source = column < width ? width - 1 - column : column;
        for (int channel = 0; channel < 3; channel++) {
          assertThat(mirrored[(row * 64 + column) * 3 + channel])
              .isEqualTo(plain[(row * 64 + source) * 3 + channel]);
        }
      }
    }
    assertThat(mirrored).isNotEqualTo(plain);
  }

  @Test
  void pixelsAtScaleOneAreCopiedWithBlackAround() {
    byte[] tensor = writePixels(PHOTO, new Placement(WIDTH, HEIGHT, WIDTH, HEIGHT, 64, 32));
    for (int row = 0; row < 32; row++) {
      for (int column = 0; column < 64; column++) {
        for (int channel = 0; channel < 3; channel++) {
          byte expected =
              row < HEIGHT && column < WIDTH
                  ? PHOTO.bgr()[(row * WIDTH + column) * 3 + channel]
                  : 0;
          assertThat(tensor[(row * 64 + column) * 3 + channel]).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void atScaleOneEveryPixelIsItself() {
    FloatBuffer tensor =
        write(PLAIN, PHOTO, new Placement(WIDTH, HEIGHT, WIDTH, HEIGHT, WIDTH, HEIGHT));
    for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
      for (int channel = 0; channel < 3; channel++) {
        assertThat(tensor.get(channel * WIDTH * HEIGHT + pixel))
            .isEqualTo(PHOTO.bgr()[pixel * 3 + channel] & 0xff);
      }
    }
  }

  @Test
  void channelsMeanAndScaleAreTheFormats() {
    Pixels pixel = new Pixels(1, 1, new byte[] {10, 20, (byte) 200});
    Placement placement = new Placement(1, 1, 1, 1, 1, 1);
    InputFormat rgb = new InputFormat(ChannelOrder.RGB, List.of(1f, 2f, 3f), 0.5f);
    assertThat(write(rgb, pixel, placement))
        .isEqualTo(FloatBuffer.wrap(new float[] {99.5f, 9, 3.5f}));
    InputFormat bgr = new InputFormat(ChannelOrder.BGR, List.of(1f, 2f, 3f), 0.5f);
    assertThat(write(bgr, pixel, placement))
        .isEqualTo(FloatBuffer.wrap(new float[] {4.5f, 9, 98.5f}));
  }

  @ParameterizedTest
  @CsvSource({"37,23", "30,20"})
  void theRestOfTheTensorIsBlack(int contentWidth, int contentHeight) {
    InputFormat format = new InputFormat(ChannelOrder.RGB, List.of(10f, 20f, 30f), 0.5f);
    Placement placement = new Placement(WIDTH, HEIGHT, contentWidth, contentHeight, 64, 32);
    FloatBuffer tensor = write(format, PHOTO, placement);
    for (int channel = 0; channel < 3; channel++) {
      for (int row = 0; row < 32; row++) {
        for (int column = row < contentHeight ? contentWidth : 0; column < 64; column++) {
          assertThat(tensor.get((channel * 32 + row) * 64 + column)).isEqualTo(-5f * (channel + 1));
        }
      }
    }
  }

  private static Pixels noise() {
    byte[] bgr = new byte[WIDTH * HEIGHT * Pixels.CHANNELS];
    new Random(20190502).nextBytes(bgr);
    return new Pixels(WIDTH, HEIGHT, bgr);
  }

  private static FloatBuffer write(InputFormat format, Pixels image, Placement placement) {
    ByteBuffer tensor = ByteBuffer.allocate((int) format.layout().bytes(placement));
    while (tensor.hasRemaining()) {
      tensor.putFloat(Float.NaN);
    }
    tensor.flip();
    new TensorWriter(format, placement).write(image, tensor);
    return tensor.asFloatBuffer();
  }

  private static byte[] writePixels(Pixels image, Placement placement) {
    InputFormat format = InputFormat.PIXELS;
    byte[] tensor = new byte[(int) format.layout().bytes(placement)];
    Arrays.fill(tensor, (byte) 0x55);
    new TensorWriter(format, placement).write(image, ByteBuffer.wrap(tensor));
    return tensor;
  }
}
