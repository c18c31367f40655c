package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationTest {

  @Test
  void goesOnInsteadOfBeginningAgain() {
    assertThat(resumed("detect", "--input", "a", "--overwrite", "--output", "b"))
        .isEqualTo("detect --input a --output b --resume");
    assertThat(resumed("detect", "--resume")).isEqualTo("detect --resume");
    assertThat(resumed("detect", "--retry-failed")).isEqualTo("detect --retry-failed");
  }

  @Test
  void quotesForAShell() {
    assertThat(new Invocation(List.of("detect", "--input", "my photos", "it's", "*.jpg")).text())
        .isEqualTo("detect --input 'my photos' 'it'\\''s' '*.jpg'");
  }

  @Test
  void hidesSecrets() {
    assertThat(new Invocation(List.of("--input", "s3a://me:secret@bucket/a")).text())
        .doesNotContain("secret")
        .contains("bucket/a");
  }

  private static String resumed(String... arguments) {
    return new Invocation(List.of(arguments)).resumed().text();
  }
}
