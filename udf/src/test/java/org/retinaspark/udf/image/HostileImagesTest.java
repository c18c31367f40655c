package org.retinaspark.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.udf.image.decode.ImageDecoder;
import org.retinaspark.udf.image.jpeg.Engines;
import org.retinaspark.udf.image.jpeg.JpegEngine;

/** The corpus, each image by each engine: what must become of it does. */
class HostileImagesTest {

  static Stream<Arguments> imagesAndEngines() {
    return HostileImages.all().stream()
        .flatMap(
            image -> Arrays.stream(JpegEngine.values()).map(engine -> Arguments.of(image, engine)));
  }

  @ParameterizedTest
  @MethodSource("imagesAndEngines")
  void becomesWhatItMust(HostileImage image, JpegEngine engine) throws DecodeException {
    Engines.assumeAvailable(engine);
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT, engine)) {
      if (image.fails()) {
        DecodeException failure =
            catchThrowableOfType(DecodeException.class, () -> decoder.decode(image.content()));
        assertThat(failure).as("a failure").isNotNull();
        assertThat(failure.code()).isEqualTo(image.code());
        assertThat(failure).message().isNotBlank();
      } else {
        DecodedImage decoded = decoder.decode(image.content());
        assertThat(decoded.warnings()).isEqualTo(image.warning().stream().toList());
      }
    }
  }

  @Test
  void namesAreUnique() {
    List<String> names = HostileImages.all().stream().map(HostileImage::name).toList();
    assertThat(names).doesNotHaveDuplicates();
  }
}
