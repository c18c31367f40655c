package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class CharsetNameTest {

  @Test
  void namesOfOneEncodingAreOne() {
    assertThat(new CharsetName().convert("cp437")).isEqualTo("IBM437");
    assertThat(new CharsetName().convert(" sjis")).isEqualTo("Shift_JIS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"klingon", "", "no name"})
  void otherTextIsRefusedWithTheUsualNames(String text) {
    assertThatThrownBy(() -> new CharsetName().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "' is no character encoding")
        .hasMessageContaining("cp437");
  }
}
