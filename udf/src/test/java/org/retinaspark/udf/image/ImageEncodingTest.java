package org.retinaspark.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.retinaspark.udf.image.decode.ImageDecoder;

/** What is encoded is decoded again. */
class ImageEncodingTest {

  @Test
  void pngKeepsEveryLevel() throws DecodeException {
    Pixels pixels = pixels();
    byte[] file = new ImageEncoding(ImageEncoding.Format.PNG, 1).encode(pixels);
    Pixels again = decoded(file);
    assertThat(again.width()).isEqualTo(40);
    assertThat(again.height()).isEqualTo(24);
    assertThat(again.bgr()).startsWith(pixels.bgr());
  }

  @Test
  void qualityOfJpegCounts() throws DecodeException {
    Pixels pixels = pixels();
    byte[] good = new ImageEncoding(ImageEncoding.Format.JPEG, 95).encode(pixels);
    byte[] poor = new ImageEncoding(ImageEncoding.Format.JPEG, 10).encode(pixels);
    assertThat(poor.length).isLessThan(good.length);
    Pixels again = decoded(good);
    for (int at = 0; at < pixels.bgr().length; at++) {
      assertThat(again.bgr()[at] & 0xff).isCloseTo(pixels.bgr()[at] & 0xff, within(12));
    }
  }

  @Test
  void qualityHasARange() {
    for (int quality : new int[] {0, 101}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ImageEncoding(ImageEncoding.Format.JPEG, quality))
          .withMessageContaining("--quality is " + quality);
    }
  }

  /** Smooth, and other in each channel. */
  private static Pixels pixels() {
    byte[] bgr = new byte[40 * 24 * Pixels.CHANNELS];
    for (int at = 0; at < 40 * 24; at++) {
      bgr[at * 3] = (byte) (at % 40 * 4);
      bgr[at * 3 + 1] = (byte) (at / 40 * 8);
      bgr[at * 3 + 2] = (byte) (200 - at % 40 * 2);
    }
    return new Pixels(40, 24, bgr);
  }

  private static Pixels decoded(byte[] file) throws DecodeException {
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT)) {
      return decoder.decode(file).pixels();
    }
  }
}
