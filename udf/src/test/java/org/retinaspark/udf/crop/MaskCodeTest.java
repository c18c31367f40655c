package org.retinaspark.udf.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaskCodeTest {

  /** Masks and their code by {@code masks.py}, which lies beside them. */
  @Test
  void isTheCodeOfCoco() {
    List<String[]> masks = MaskFiles.rows("masks.csv");
    assertThat(masks).hasSizeGreaterThan(10);
    for (String[] mask : masks) {
      long pixels = Long.parseLong(mask[0]) * Long.parseLong(mask[1]);
      long[] inside = MaskReader.inside(mask[4], pixels);
      assertThat(area(inside)).isEqualTo(Long.parseLong(mask[2]));
      assertThat(code(inside, pixels)).isEqualTo(mask[4]);
      if (!mask[3].isEmpty()) {
        assertThat(rows(inside, Integer.parseInt(mask[0]), Integer.parseInt(mask[1])))
            .isEqualTo(mask[3]);
      }
    }
  }

  private static String rows(long[] inside, int height, int width) {
    char[] rows = "0".repeat(height * width).toCharArray();
    for (int run = 0; run < inside.length; run += 2) {
      for (int at = (int) inside[run]; at < inside[run + 1]; at++) {
        rows[at % height * width + at / height] = '1';
      }
    }
    return new String(rows);
  }

  @Property
  void whatWasWrittenIsRead(
      @ForAll @Size(max = 40) List<@LongRange(min = 1, max = 1L << 33) Long> lengths,
      @ForAll @LongRange(min = 0, max = 1L << 33) long before) {
    long[] inside = new long[lengths.size() / 2 * 2];
    long at = before;
    for (int end = 0; end < inside.length; end++) {
      inside[end] = at;
      at += lengths.get(end);
    }
    assertThat(MaskReader.inside(code(inside, at), at)).isEqualTo(inside);
  }

  @Test
  void runsThatTouchAreOne() {
    MaskWriter mask = new MaskWriter();
    mask.add(3, 5);
    mask.add(5, 6);
    mask.add(6, 9);
    assertThat(MaskReader.inside(mask.end(12), 12)).containsExactly(3, 9);
  }

  @ParameterizedTest
  @CsvSource({
    "52, 8, but the frame has 8",
    "59, 8, but 3 are left of 8",
    "5O, 8, run 1 of the mask has -1 pixels",
    "5233N, 8, run 2",
    "5P, 8, ends within a number",
    "PPPPPPPPPPPPPPPPP0, 8, ends within a number",
    "5!2, 8, character 2",
    "5é2, 8, character 2",
    "'', 8, but the frame has 8"
  })
  void whatIsNoMaskIsRefused(String code, long pixels, String message) {
    assertThatThrownBy(() -> MaskReader.inside(code, pixels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static String code(long[] inside, long pixels) {
    MaskWriter mask = new MaskWriter();
    for (int run = 0; run < inside.length; run += 2) {
      mask.add(inside[run], inside[run + 1]);
    }
    return mask.end(pixels);
  }

  private static long area(long[] inside) {
    return Arrays.stream(inside).sum() - 2 * starts(inside);
  }

  private static long starts(long[] inside) {
    long starts = 0;
    for (int run = 0; run < inside.length; run += 2) {
      starts += inside[run];
    }
    return starts;
  }
}
