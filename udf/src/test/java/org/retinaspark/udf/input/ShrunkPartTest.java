package org.retinaspark.udf.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.crop.Similarity;
import org.retinaspark.udf.image.Pixels;

/** What is shrunk before it is cropped lies where it lay, and loses no pixel. */
class ShrunkPartTest {

  private static final int SIDE = 400;
  private static final int CROP = 20;

  @Test
  void finePatternsBecomeTheirMean() {
    byte[] stripes = new byte[SIDE * SIDE * Pixels.CHANNELS];
    for (int at = 0; at < stripes.length; at++) {
      stripes[at] = (byte) (at / Pixels.CHANNELS % 4 < 2 ? 200 : 0);
    }
    Pixels image = new Pixels(SIDE, SIDE, stripes);
    // 20 pixels become one; between two of a stripe each crop pixel has its place.
    Similarity toCrop = new Similarity(0.05, 0, 0.05, 0);
    ShrunkPart part = ShrunkPart.of(image, toCrop, CROP);
    Pixels crop = warp(part);
    int middle = (CROP / 2 * CROP + CROP / 2) * Pixels.CHANNELS;
    assertThat(crop.bgr()[middle] & 0xff).isCloseTo(100, within(1));
    Pixels plain = new Warp(toCrop, CROP, SIDE, SIDE).apply(image);
    assertThat(plain.bgr()[middle] & 0xff).isIn(0, 200);
  }

  /** A smooth image has the same crop either way, wherever and however turned it is. */
  @Property(tries = 50)
  void nothingIsMoved(
      @ForAll @DoubleRange(min = 0.06, max = 0.5) double scale,
      @ForAll @DoubleRange(min = -3.1, max = 3.1) double angle,
      @ForAll @DoubleRange(min = 130, max = 270) double centre) {
    Pixels image = ramp();
    double a = scale * Math.cos(angle);
    double b = scale * Math.sin(angle);
    double half = CROP / 2.0;
    Similarity toCrop =
        new Similarity(a, b, half - a * centre + b * centre, half - b * centre - a * centre);
    Pixels expected = new Warp(toCrop, CROP, SIDE, SIDE).apply(image);
    Pixels crop = warp(ShrunkPart.of(image, toCrop, CROP));
    int middle = (CROP / 2 * CROP + CROP / 2) * Pixels.CHANNELS;
    for (int colour = 0; colour < 2; colour++) {
      assertThat(crop.bgr()[middle + colour] & 0xff)
          .isCloseTo(expected.bgr()[middle + colour] & 0xff, within(1));
    }
  }

  @Test
  void largeEnoughStaysAsItIs() {
    Pixels image = ramp();
    Similarity toCrop = new Similarity(0.6, 0, 0, 0);
    assertThat(ShrunkPart.of(image, toCrop, CROP)).isEqualTo(new ShrunkPart(image, toCrop));
  }

  @Test
  void faceFarOutsideIsBlack() {
    byte[] white = new byte[SIDE * SIDE * Pixels.CHANNELS];
    Arrays.fill(white, (byte) 255);
    ShrunkPart part =
        ShrunkPart.of(new Pixels(SIDE, SIDE, white), new Similarity(0.1, 0, 900, 900), CROP);
    assertThat(warp(part).bgr()).containsOnly(0);
  }

  private static Pixels ramp() {
    byte[] ramp = new byte[SIDE * SIDE * Pixels.CHANNELS];
    for (int at = 0; at < SIDE * SIDE; at++) {
      ramp[at * Pixels.CHANNELS] = (byte) (at % SIDE / 2);
      ramp[at * Pixels.CHANNELS + 1] = (byte) (at / SIDE / 2);
    }
    return new Pixels(SIDE, SIDE, ramp);
  }

  private static Pixels warp(ShrunkPart part) {
    Pixels pixels = part.pixels();
    return new Warp(part.toCrop(), CROP, pixels.width(), pixels.height()).apply(pixels);
  }
}
