package org.retinaspark.udf.train.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.train.view.ColourDistortion.Order;

class ColourDistortionTest {

  private static final int SETTINGS = 5;

  /** {@code colours.py} beside the table made it with OpenCV. */
  @Test
  void coloursBecomeThoseOfTheReference() throws IOException {
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (String line : lines()) {
      String[] cells = line.split(",");
      byte[] colour = colour(cells, SETTINGS);
      new ColourDistortion(
              Float.parseFloat(cells[0]),
              Float.parseFloat(cells[1]),
              Float.parseFloat(cells[2]),
              Integer.parseInt(cells[3]),
              Order.valueOf(cells[4]))
          .apply(colour);
      byte[] wanted = colour(cells, SETTINGS + 3);
      for (int channel = 0; channel < 3; channel++) {
        if (colour[channel] != wanted[channel]) {
          wrong.add(line + ": " + (colour[channel] & 0xff));
        }
      }
      rows++;
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).isEqualTo(480);
  }

  @Test
  void noDistortionChangesNothing() {
    byte[] all = new byte[3 * 256];
    for (int at = 0; at < all.length; at++) {
      all[at] = (byte) (at * 7);
    }
    byte[] colours = all.clone();
    ColourDistortion.NONE.apply(colours);
    assertThat(colours).isEqualTo(all);
  }

  @Test
  void whatIsDrawnIsWithinTheReferencesBoundsAndOftenNothing() {
    SplittableRandom random = new SplittableRandom(1);
    int kept = 0;
    int first = 0;
    int hues = 0;
    for (int draw = 0; draw < 4000; draw++) {
      ColourDistortion drawn = ColourDistortion.drawn(random);
      assertThat(drawn.brightness()).isBetween(-32f, 32f);
      assertThat(drawn.contrast()).isBetween(0.5f, 1.5f);
      assertThat(drawn.saturation()).isBetween(0.5f, 1.5f);
      assertThat(drawn.hue()).isBetween(-18, 18);
      kept += drawn.contrast() == 1 ? 1 : 0;
      first += drawn.order() == Order.CONTRAST_FIRST ? 1 : 0;
      hues += Math.abs(drawn.hue()) == 18 ? 1 : 0;
    }
    assertThat(kept).isBetween(1800, 2200);
    assertThat(first).isBetween(1800, 2200);
    assertThat(hues).isPositive();
  }

  private static byte[] colour(String[] cells, int from) {
    byte[] colour = new byte[3];
    for (int channel = 0; channel < 3; channel++) {
      colour[channel] = (byte) Integer.parseInt(cells[from + channel]);
    }
    return colour;
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        ColourDistortionTest.class.getResourceAsStream("/org/retinaspark/udf/train/colours.csv")) {
      byte[] text = Objects.requireNonNull(in).readAllBytes();
      return new String(text, StandardCharsets.US_ASCII).lines().toList();
    }
  }
}
