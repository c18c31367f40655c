package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process is taken for dead only where that is certain. */
@EnabledOnOs(OS.LINUX)
final class DriverProcessTest {

  private final DriverProcess here = DriverProcess.here();

  @Test
  void thisOneLives() {
    assertThat(here.started()).isPositive();
    assertThat(here.boot()).hasSize(36);
    assertThat(here.namespace()).startsWith("pid:[");
    assertThat(here.hasEnded()).isFalse();
  }

  @Test
  void oneWhoseNumberWasGivenToAnotherHasEnded() {
    assertThat(
            new DriverProcess(here.pid(), here.started() - 1, here.boot(), here.namespace())
                .hasEnded())
        .isTrue();
  }

  @Test
  void ofAnotherBootOrNamespaceNothingIsKnown() {
    long nobody = 1L << 40;
    assertThat(new DriverProcess(nobody, 1, here.boot(), here.namespace()).hasEnded()).isTrue();
    assertThat(new DriverProcess(nobody, 1, "other", here.namespace()).hasEnded()).isFalse();
    assertThat(new DriverProcess(nobody, 1, here.boot(), "pid:[1]").hasEnded()).isFalse();
    assertThat(new DriverProcess(nobody, 1, "", "").hasEnded()).isFalse();
  }
}
