package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;

/**
 * Real photos, weights and reference detections, which stand beside the checkout on some machines.
 */
public final class SharedData {

  private SharedData() {}

  /**
   * A file or folder of it. Skips the calling test only where there is no such data at all: where
   * it is, a file that is missing fails.
   */
  public static Path require(String path) {
    Path shared = Path.of(System.getProperty("retinaspark.shared", "../../shared"));
    assumeThat(shared.resolve("widerface")).as("no reference data").isDirectory();
    Path file = shared.resolve(path);
    assertThat(file).as("the reference data at %s is not whole", shared).exists();
    return file;
  }
}
