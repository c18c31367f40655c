package org.retinaspark.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.retinaspark.udf.image.decode.ImageDecoder;
import org.retinaspark.udf.image.jpeg.Engines;
import org.retinaspark.udf.image.jpeg.JpegEngine;

/** Damaged files of every format: an image or a {@link DecodeException}, nothing else, and soon. */
class FuzzTest {

  private static final int DAMAGES = 60;
  private static final long SEED = 20261123;

  /** Small enough that a lying header can't slow the test down. */
  private static final DecodeSettings SETTINGS = new DecodeSettings(Orientation.APPLY, 4_000_000);

  @ParameterizedTest
  @EnumSource(JpegEngine.class)
  void damagedFilesGiveAnImageOrADecodeException(JpegEngine engine) {
    Engines.assumeAvailable(engine);
    Random random = new Random(SEED);
    try (ImageDecoder decoder = ImageDecoder.open(SETTINGS, engine)) {
      Stream.concat(ReferenceImage.all(), ReferenceImage.heifs())
          .forEach(
              golden -> {
                for (int i = 0; i < DAMAGES; i++) {
                  byte[] damaged = damage(golden.content(), random);
                  Assertions.assertTimeout(
                      Duration.ofSeconds(20), () -> check(decoder, damaged, golden), golden.name());
                }
              });
    }
  }

  private static void check(ImageDecoder decoder, byte[] damaged, ReferenceImage golden) {
    try {
      DecodedImage image = decoder.decode(damaged);
      assertThat(image.pixels().width()).isPositive();
    } catch (DecodeException e) {
      assertThat(e.code()).isIn("empty", "unknown_format", "too_large", "corrupt", "unsupported");
      assertThat(e).message().isNotBlank();
    } catch (RuntimeException | Error e) {
      fail(golden.name() + " damaged as " + Arrays.hashCode(damaged), e);
    }
  }

  /** Cuts a file, or flips a few bits, mostly near its start where the headers are. */
  private static byte[] damage(byte[] content, Random random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(content, random.nextInt(content.length));
    }
    return HostileImages.flipped(content, random.nextLong());
  }
}
