package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildTest {

  @Test
  void namesTheVersionsAndTheCommit() {
    Build build = Build.current();

    assertThat(build.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    assertThat(build.commit()).matches("[0-9a-f]{40}|unknown");
    assertThat(build.spark()).matches("\\d+\\.\\d+\\.\\d+");
  }
}
