package org.retinaspark.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.retinaspark.udf.image.decode.ImageDecoder;
import org.retinaspark.udf.image.jpeg.Engines;
import org.retinaspark.udf.image.jpeg.JpegEngine;

/** Files that leave out tables or break off: the same rule by each engine. */
class JpegTablesTest {

  private static final int DAMAGES = 150;

  @ParameterizedTest
  @EnumSource(JpegEngine.class)
  void framesOfMotionJpegHaveTheStandardHuffmanTables(JpegEngine engine) throws DecodeException {
    Engines.assumeAvailable(engine);
    byte[] frame =
        JpegSegments.without(ReferenceImage.resource("baseline_420.jpg"), JpegSegments.DHT);
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT, engine)) {
      // Has tables of its own, which must not be those of the next.
      decoder.decode(ReferenceImage.resource("progressive.jpg"));
      DecodedImage image = decoder.decode(frame);
      byte[] expected = ReferenceImage.resource("baseline_420.jpg.bgr");
      assertThat(image.warnings()).isEmpty();
      assertThat(Arrays.copyOf(image.pixels().bgr(), expected.length)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(JpegEngine.class)
  void aFileWithoutQuantisationTablesIsCorrupt(JpegEngine engine) throws DecodeException {
    Engines.assumeAvailable(engine);
    byte[] whole = ReferenceImage.resource("baseline_420.jpg");
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT, engine)) {
      decoder.decode(whole);
      assertThatThrownBy(() -> decoder.decode(JpegSegments.without(whole, JpegSegments.DQT)))
          .isInstanceOf(DecodeException.class)
          .hasMessage(
              "the JPEG can't be decoded, the library says \"Quantization table 0x00 was not"
                  + " defined\"");
    }
  }

  @ParameterizedTest
  @EnumSource(JpegEngine.class)
  void damageAfterAnUnknownVersionIsHeardOf(JpegEngine engine) throws DecodeException {
    Engines.assumeAvailable(engine);
    byte[] odd = ReferenceImage.resource("baseline_444.jpg");
    odd[11] = 9;
    byte[] damaged = Arrays.copyOf(odd, odd.length * 6 / 10);
    damaged[damaged.length - 2] = (byte) 0xFF;
    damaged[damaged.length - 1] = (byte) 0xD9;
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT, engine)) {
      assertThat(decoder.decode(odd).warnings()).isEmpty();
      assertThat(decoder.decode(damaged).warnings()).containsExactly("corrupt");
    }
  }

  /** Found by libjpeg-turbo's error code, which calls an error that follows a warning a warning. */
  @ParameterizedTest
  @EnumSource(JpegEngine.class)
  void damageThatEndsTheWorkIsNoWarning(JpegEngine engine) {
    Engines.assumeAvailable(engine);
    byte[] content = ReferenceImage.resource("baseline_444.jpg");
    byte[] damaged = content.clone();
    damaged[content.length * 3 / 4] = (byte) 0xFF;
    damaged[content.length * 3 / 4 + 1] = 0x02;
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT, engine)) {
      assertThatThrownBy(() -> decoder.decode(damaged))
          .isInstanceOf(DecodeException.class)
          .hasMessageContaining("Unsupported marker type 0x02");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = JpegEngine.class,
      names = {"TURBOJPEG"})
  void enginesAgreeOnDamagedFiles(JpegEngine engine) {
    Engines.assumeAvailable(engine);
    Random random = new Random(20261125);
    try (ImageDecoder fast = ImageDecoder.open(DecodeSettings.DEFAULT, engine);
        ImageDecoder plain = ImageDecoder.open(DecodeSettings.DEFAULT, JpegEngine.IMAGEIO)) {
      ReferenceImage.jpegs()
          .forEach(
              golden -> {
                for (int i = 0; i < DAMAGES; i++) {
                  byte[] damaged = damaged(golden.content(), random);
                  assertThat(outcome(fast, damaged))
                      .as("%s, damage %d", golden, i)
                      .isEqualTo(outcome(plain, damaged));
                }
              });
    }
  }

  private static byte[] damaged(byte[] content, Random random) {
    byte[] damaged = content.clone();
    int at = 2 + random.nextInt(content.length - 3);
    switch (random.nextInt(4)) {
      case 0 -> {
        damaged[at] = (byte) 0xFF;
        damaged[at + 1] = (byte) (0xC0 + random.nextInt(0x40));
      }
      case 1 -> Arrays.fill(damaged, at, Math.min(at + 20, damaged.length), (byte) 0);
      case 2 -> damaged = Arrays.copyOf(content, at);
      default -> damaged = HostileImages.flipped(content, random.nextLong());
    }
    return damaged;
  }

  private static String outcome(ImageDecoder decoder, byte[] content) {
    try {
      DecodedImage image = decoder.decode(content);
      return image.width() + "x" + image.height() + image.warnings();
    } catch (DecodeException e) {
      return e.code();
    }
  }
}
