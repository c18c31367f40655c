package org.retinaspark.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.udf.image.decode.ImageDecoder;
import org.retinaspark.udf.image.jpeg.Engines;
import org.retinaspark.udf.image.jpeg.JpegEngine;

class ScaledDecodingTest {

  /** Smoothing at another resolution, and noise in the golden pictures. */
  private static final double MEAN_DIFFERENCE = 12;

  @ParameterizedTest
  @ValueSource(strings = {"exif_1.jpg", "exif_3.jpg", "exif_6.jpg", "cmyk.jpg", "grey.jpg"})
  void turboJpegGivesFewerPixelsOfTheSameUprightPicture(String name) throws DecodeException {
    DecodedImage whole = decode(name, UsefulShare.ALL, JpegEngine.TURBOJPEG);
    DecodedImage half = decode(name, (width, height) -> 0.5, JpegEngine.TURBOJPEG);
    assertThat(half.width()).isEqualTo(whole.width()).isEqualTo(whole.pixels().width());
    assertThat(half.height()).isEqualTo(whole.height()).isEqualTo(whole.pixels().height());
    assertThat(half.orientation()).isEqualTo(whole.orientation());
    assertThat(half.pixels().width()).isEqualTo((whole.width() + 1) / 2);
    assertThat(half.pixels().height()).isEqualTo((whole.height() + 1) / 2);
    assertThat(meanDifference(whole.pixels(), half.pixels())).isLessThan(MEAN_DIFFERENCE);
  }

  @Test
  void imageIoAndOtherFormatsComeInFull() throws DecodeException {
    DecodedImage jpeg = decode("exif_6.jpg", (width, height) -> 0.2, JpegEngine.IMAGEIO);
    assertThat(jpeg.pixels().width()).isEqualTo(jpeg.width());
    DecodedImage png = decode("rgb.png", (width, height) -> 0.2, JpegEngine.IMAGEIO);
    assertThat(png.pixels().height()).isEqualTo(png.height());
  }

  @ParameterizedTest
  @EnumSource(JpegEngine.class)
  void pixelLimitIsThatOfTheWholeImage(JpegEngine engine) {
    Engines.assumeAvailable(engine);
    DecodeSettings tight = new DecodeSettings(Orientation.APPLY, 100);
    try (ImageDecoder decoder = ImageDecoder.open(tight, engine)) {
      byte[] content = ReferenceImage.resource("baseline_420.jpg");
      assertThatThrownBy(() -> decoder.decode(content, (width, height) -> 0.125))
          .isInstanceOf(DecodeException.class)
          .hasMessageContaining("more than the limit of 100 pixels");
    }
  }

  private static DecodedImage decode(String name, UsefulShare share, JpegEngine engine)
      throws DecodeException {
    Engines.assumeAvailable(engine);
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT, engine)) {
      return decoder.decode(ReferenceImage.resource(name), share);
    }
  }

  /** Between the pixels of a half and the means of four that they stand for. */
  private static double meanDifference(Pixels whole, Pixels half) {
    double sum = 0;
    int count = 0;
    for (int y = 0; 2 * y + 1 < whole.height(); y++) {
      for (int x = 0; 2 * x + 1 < whole.width(); x++) {
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
          int mean =
              (level(whole, 2 * x, 2 * y, channel)
                      + level(whole, 2 * x + 1, 2 * y, channel)
                      + level(whole, 2 * x, 2 * y + 1, channel)
                      + level(whole, 2 * x + 1, 2 * y + 1, channel))
                  / 4;
          sum += Math.abs(mean - level(half, x, y, channel));
          count++;
        }
      }
    }
    return sum / count;
  }

  private static int level(Pixels pixels, int x, int y, int channel) {
    return pixels.bgr()[(y * pixels.width() + x) * Pixels.CHANNELS + channel] & 0xff;
  }
}
