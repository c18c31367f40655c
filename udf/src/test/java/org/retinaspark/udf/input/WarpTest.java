package org.retinaspark.udf.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.crop.Similarity;
import org.retinaspark.udf.image.Pixels;

/**
 * Crops against SciPy: {@code warp.py} lies beside its files. Upright, turned, shrunk, enlarged,
 * partly and wholly outside, of one pixel, of a frame that was decoded to fewer pixels.
 */
final class WarpTest {

  private static final InputFormat RGB =
      new InputFormat(ChannelOrder.RGB, List.of(10f, 20f, 30f), 0.5f);

  private final ByteBuffer sources = ByteBuffer.wrap(file("warp.u8"));
  private final FloatBuffer expected =
      ByteBuffer.wrap(file("warp.f32")).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();

  @Test
  void cropsAreInterpolatedAtExactPositions() {
    for (double[] numbers : cases()) {
      Warp warp = warp(numbers);
      Pixels image = next((int) numbers[7], (int) numbers[8]);
      FloatBuffer planes = filled(warp, image, RGB);
      FloatBuffer sides = filled(warp, image, RGB.in(TensorLayout.INTERLEAVED));
      ByteBuffer levels = bytes(warp, image, InputFormat.PIXELS);
      for (int pixel = 0; pixel < warp.pixels() * warp.pixels(); pixel++) {
        for (int colour = 0; colour < Pixels.CHANNELS; colour++) {
          float level = expected.get();
          int channel = Pixels.CHANNELS - 1 - colour;
          float value = (level - 10 * (channel + 1)) * 0.5f;
          assertThat(planes.get(channel * warp.pixels() * warp.pixels() + pixel))
              .as("%s", Arrays.toString(numbers))
              .isCloseTo(value, within(1e-3f));
          assertThat(sides.get(pixel * Pixels.CHANNELS + channel)).isCloseTo(value, within(1e-3f));
          assertThat((float) (levels.get(pixel * Pixels.CHANNELS + colour) & 0xff))
              .isCloseTo(level, within(0.5f + 1e-3f));
        }
      }
    }
    assertThat(expected.hasRemaining()).isFalse();
    assertThat(sources.hasRemaining()).isFalse();
  }

  @Test
  void anImageAsItIsStaysWhatItIs() {
    Pixels image = next(20, 20);

    Pixels same = new Warp(new Similarity(1, 0, 0, 0), 20, 20, 20).apply(image);

    assertThat(same.bgr()).isEqualTo(image.bgr());
  }

  @Test
  void aHalfTurnIsExact() {
    Pixels image = next(20, 20);

    Pixels turned = new Warp(new Similarity(-1, 0, 20, 20), 20, 20, 20).apply(image);

    for (int pixel = 0; pixel < 400; pixel++) {
      assertThat(turned.bgr()[pixel * 3 + 1]).isEqualTo(image.bgr()[(399 - pixel) * 3 + 1]);
    }
  }

  @Test
  void absurdPlacesAreBlack() {
    Pixels image = next(20, 20);
    for (Similarity far :
        List.of(
            new Similarity(1, 0, 1e300, 0),
            new Similarity(1e-100, 0, 10, 10),
            new Similarity(1e100, 0, -1e101, 1e101),
            new Similarity(0, 1, -1e9, 1e9))) {
      assertThat(new Warp(far, 5, 20, 20).apply(image).bgr()).containsOnly(0);
    }
  }

  @Test
  void sizesThatNoCropHasAreRefused() {
    assertThatThrownBy(() -> new Warp(new Similarity(1, 0, 0, 0), 8193, 20, 20))
        .hasMessageContaining("a crop of 8193x8193 pixels")
        .hasMessageContaining("1 to 8192");
    assertThatThrownBy(() -> new Warp(new Similarity(1, 0, 0, 0), 0, 20, 20))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Warp warp(double[] numbers) {
    return new Warp(
        new Similarity(numbers[0], numbers[1], numbers[2], numbers[3]),
        (int) numbers[4],
        (int) numbers[5],
        (int) numbers[6]);
  }

  private static FloatBuffer filled(Warp warp, Pixels image, InputFormat format) {
    return bytes(warp, image, format).asFloatBuffer();
  }

  private static ByteBuffer bytes(Warp warp, Pixels image, InputFormat format) {
    int length = warp.pixels() * warp.pixels() * Pixels.CHANNELS * Float.BYTES;
    ByteBuffer tensor = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    warp.fill(image, format, tensor);
    return tensor;
  }

  private Pixels next(int width, int height) {
    byte[] bgr = new byte[width * height * Pixels.CHANNELS];
    sources.get(bgr);
    return new Pixels(width, height, bgr);
  }

  private static List<double[]> cases() {
    return new String(file("warp.csv"), UTF_8)
        .lines()
        .map(line -> Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  private static byte[] file(String name) {
    try (InputStream file = WarpTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
