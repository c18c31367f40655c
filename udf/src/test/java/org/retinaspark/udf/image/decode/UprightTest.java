package org.retinaspark.udf.image.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.udf.image.Pixels;

class UprightTest {

  /** What undoes each orientation: quarter turns undo each other, the rest themselves. */
  private static final Map<Integer, Integer> INVERSE = Map.of(6, 8, 8, 6);

  @ParameterizedTest
  @CsvSource({
    "1, abc/def", "2, cba/fed", "3, fed/cba", "4, def/abc",
    "5, ad/be/cf", "6, da/eb/fc", "7, fc/eb/da", "8, cf/be/ad"
  })
  void turnsAndMirrors(int orientation, String expected) {
    assertThat(letters(Upright.of(pixels("abc/def"), orientation))).isEqualTo(expected);
  }

  @Property(tries = 200)
  void isUndoneByItsInverse(
      @ForAll @IntRange(min = 1, max = 8) int orientation,
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 70) int height) {
    Pixels stored = numbered(width, height);
    Pixels upright = Upright.of(stored, orientation);
    Pixels back = Upright.of(upright, INVERSE.getOrDefault(orientation, orientation));
    assertThat(upright.width()).isEqualTo(orientation < 5 ? width : height);
    assertThat(back.width()).isEqualTo(width);
    assertThat(back.height()).isEqualTo(height);
    assertThat(back.bgr()).isEqualTo(stored.bgr());
  }

  @Property(tries = 50)
  void quarterTurnsAddUp(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height) {
    Pixels stored = numbered(width, height);
    assertThat(Upright.of(Upright.of(stored, 6), 6).bgr()).isEqualTo(Upright.of(stored, 3).bgr());
    assertThat(Upright.of(Upright.of(stored, 2), 4).bgr()).isEqualTo(Upright.of(stored, 3).bgr());
    assertThat(Upright.of(Upright.of(stored, 5), 3).bgr()).isEqualTo(Upright.of(stored, 7).bgr());
  }

  private static Pixels numbered(int width, int height) {
    byte[] bgr = new byte[width * height * Pixels.CHANNELS];
    for (int i = 0; i < bgr.length; i++) {
      bgr[i] = (byte) (i * 31 + i / 251);
    }
    return new Pixels(width, height, bgr);
  }

  private static Pixels pixels(String rows) {
    String letters = rows.replace("/", "");
    byte[] bgr = new byte[letters.length() * Pixels.CHANNELS];
    for (int i = 0; i < bgr.length; i++) {
      bgr[i] = (byte) (letters.charAt(i / Pixels.CHANNELS) + 40 * (i % Pixels.CHANNELS));
    }
    int width = rows.indexOf('/');
    return new Pixels(width, letters.length() / width, bgr);
  }

  private static String letters(Pixels pixels) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < pixels.width() * pixels.height(); i++) {
      int blue = pixels.bgr()[i * Pixels.CHANNELS];
      assertThat(pixels.bgr()[i * Pixels.CHANNELS + 1]).isEqualTo((byte) (blue + 40));
      assertThat(pixels.bgr()[i * Pixels.CHANNELS + 2]).isEqualTo((byte) (blue + 80));
      rows.append(i > 0 && i % pixels.width() == 0 ? "/" : "").append((char) blue);
    }
    return rows.toString();
  }
}
