package org.retinaspark.udf.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;

/**
 * Resizing against OpenCV: {@code resize.py} lies beside its files. Enlarged, shrunk, by half, odd
 * sides, sides of one pixel, long sides.
 */
final class ResizeGoldenTest {

  private static final InputFormat LEVELS =
      new InputFormat(ChannelOrder.BGR, List.of(0f, 0f, 0f), 1);

  private final ByteBuffer sources = ByteBuffer.wrap(file("sources.u8"));

  @ParameterizedTest
  @EnumSource(
      value = TensorLayout.class,
      names = {"PLANES", "INTERLEAVED"})
  void floatsAreResizedAsOpenCvResizesFloats(TensorLayout layout) {
    FloatBuffer expected =
        ByteBuffer.wrap(file("floats.f32")).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int[] sides : cases()) {
      Pixels image = next(sides[0], sides[1]);
      FloatBuffer floats = filled(layout, image, sides, Flip.NONE).asFloatBuffer();
      FloatBuffer mirrored = filled(layout, image, sides, Flip.HORIZONTAL).asFloatBuffer();
      for (int row = 0; row < sides[3]; row++) {
        for (int column = 0; column < sides[2]; column++) {
          for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            float level = expected.get();
            int at = index(layout, sides, row, column, channel);
            assertThat(floats.get(at))
                .as("%s", Arrays.toString(sides))
                .isCloseTo(level, within(1e-3f));
            int opposite = index(layout, sides, row, sides[2] - 1 - column, channel);
            assertThat(mirrored.get(opposite)).isEqualTo(floats.get(at));
          }
        }
      }
    }
    assertThat(expected.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Flip.class)
  void pixelsAreResizedAsOpenCvResizesBytes(Flip flip) {
    ByteBuffer expected = ByteBuffer.wrap(file("levels.u8"));
    int different = 0;
    for (int[] sides : cases()) {
      ByteBuffer levels = filled(TensorLayout.PIXELS, next(sides[0], sides[1]), sides, flip);
      for (int row = 0; row < sides[3]; row++) {
        for (int column = 0; column < sides[2]; column++) {
          int lies = flip == Flip.NONE ? column : sides[2] - 1 - column;
          for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            int level = levels.get(index(TensorLayout.PIXELS, sides, row, lies, channel)) & 0xff;
            int off = Math.abs(level - (expected.get() & 0xff));
            assertThat(off).as("%s", Arrays.toString(sides)).isLessThanOrEqualTo(1);
            different += off;
          }
        }
      }
    }
    // One level at one value in nine: OpenCV 5 rounds in a way of its own.
    assertThat(different).isLessThan(expected.limit() / 8);
  }

  private static int index(TensorLayout layout, int[] sides, int row, int column, int channel) {
    int pixel = row * sides[2] + column;
    return layout == TensorLayout.PLANES
        ? channel * sides[2] * sides[3] + pixel
        : pixel * Pixels.CHANNELS + channel;
  }

  private static ByteBuffer filled(TensorLayout layout, Pixels image, int[] sides, Flip flip) {
    InputFormat format = layout == TensorLayout.PIXELS ? InputFormat.PIXELS : LEVELS.in(layout);
    Placement placement =
        new Placement(sides[0], sides[1], sides[2], sides[3], sides[2], sides[3], flip);
    ByteBuffer tensor =
        ByteBuffer.allocate((int) layout.bytes(placement)).order(ByteOrder.nativeOrder());
    format.fill(image, placement, tensor);
    return tensor;
  }

  private Pixels next(int width, int height) {
    byte[] bgr = new byte[width * height * Pixels.CHANNELS];
    sources.get(bgr);
    return new Pixels(width, height, bgr);
  }

  private static List<int[]> cases() {
    return new String(file("resize.csv"), UTF_8)
        .lines()
        .map(line -> Arrays.stream(line.split(",", -1)).mapToInt(Integer::parseInt).toArray())
        .toList();
  }

  private static byte[] file(String name) {
    try (InputStream file = ResizeGoldenTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
