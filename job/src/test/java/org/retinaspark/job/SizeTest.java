package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SizeTest {

  @ParameterizedTest
  @CsvSource({
    "1000, 1000",
    "512k, 524288",
    "64m, 67108864",
    "64mb, 67108864",
    "64MiB, 67108864",
    "64Mi, 67108864",
    "2g, 2147483648",
    "0, 0"
  })
  void readsUnitsOf1024(String text, long bytes) {
    assertThat(new Size().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "many", "1.5g", "64 q", "-1", "99999999999999999999", "9999999999t"})
  void saysWhatASizeIs(String text) {
    assertThatThrownBy(() -> new Size().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "' is no size")
        .hasMessageContaining("64m");
  }
}
