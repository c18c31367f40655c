package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

  /**
   * Its numbers are not those of {@code /proc}, where it would look for itself and not be found.
   */
  @Test
  void inANamespaceWithoutItsOwnProcNothingIsKnown() throws Exception {
    Process process =
        new ProcessBuilder(
                "unshare",
                "--pid",
                "--fork",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Here.class.getName())
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(process.waitFor() == 0, "no namespace may be made here: " + told);
    assertThat(told).contains("started=0, boot=, namespace=]").contains("ended: false");
  }

  /** Tells what a process knows of itself. */
  static final class Here {

    public static void main(String[] arguments) {
      DriverProcess here = DriverProcess.here();
      System.out.println(here + " ended: " + here.hasEnded());
    }
  }
}
