package org.retinaspark.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.udf.image.decode.ImageDecoder;
import org.retinaspark.udf.image.heif.Heif;
import org.retinaspark.udf.image.jpeg.Engines;
import org.retinaspark.udf.image.jpeg.JpegEngine;

/** Pixels against OpenCV and Pillow; see {@code make_golden.py}. */
class GoldenTest {

  static Stream<Arguments> imagesAndEngines() {
    return ReferenceImage.all()
        .flatMap(
            golden ->
                Arrays.stream(JpegEngine.values())
                    .filter(engine -> jpeg(golden) || engine == JpegEngine.IMAGEIO)
                    .map(engine -> Arguments.of(golden, engine)));
  }

  private static boolean jpeg(ReferenceImage golden) {
    return golden.name().endsWith(".jpg");
  }

  @ParameterizedTest
  @MethodSource("imagesAndEngines")
  void decodesWhatTheReferenceDecodes(ReferenceImage golden, JpegEngine engine)
      throws DecodeException {
    Engines.assumeAvailable(engine);
    assertSame(golden, engine);
  }

  static Stream<ReferenceImage> heifs() {
    return ReferenceImage.heifs();
  }

  @ParameterizedTest
  @MethodSource("heifs")
  void decodesHeicAndAvif(ReferenceImage golden) throws DecodeException {
    Heif.assumeAvailable();
    assertSame(golden, JpegEngine.IMAGEIO);
  }

  private static void assertSame(ReferenceImage golden, JpegEngine engine) throws DecodeException {
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT, engine)) {
      DecodedImage image = decoder.decode(golden.content());
      assertThat(image.warnings()).isEmpty();
      assertThat(image.orientation()).isEqualTo(golden.orientation());
      assertThat(image.pixels().width()).isEqualTo(golden.width());
      assertThat(image.pixels().height()).isEqualTo(golden.height());
      byte[] bgr = Arrays.copyOf(image.pixels().bgr(), golden.bgr().length);
      if (golden.tolerance() == 0) {
        assertThat(bgr).isEqualTo(golden.bgr());
      } else {
        assertThat(meanDifference(bgr, golden.bgr())).isLessThanOrEqualTo(golden.tolerance());
      }
    }
  }

  private static double meanDifference(byte[] actual, byte[] expected) {
    long sum = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += Math.abs(Byte.toUnsignedInt(actual[i]) - Byte.toUnsignedInt(expected[i]));
    }
    return (double) sum / expected.length;
  }

  @ParameterizedTest
  @MethodSource("heifs")
  void refusesAHeifOverTheLimitBeforeItDecodes(ReferenceImage golden) {
    Heif.assumeAvailable();
    DecodeSettings tight = new DecodeSettings(Orientation.APPLY, 100);
    try (ImageDecoder decoder = ImageDecoder.open(tight, JpegEngine.IMAGEIO)) {
      assertThatThrownBy(() -> decoder.decode(golden.content()))
          .isInstanceOf(DecodeException.class)
          .hasMessageContaining("more than the limit of 100 pixels");
    }
  }
}
