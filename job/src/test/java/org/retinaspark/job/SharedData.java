package org.retinaspark.job;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;

/**
 * Real photos, weights and reference detections, which stand beside the checkout on some machines.
 */
public final class SharedData {

  private SharedData() {}

  /** A file or folder of it; skips the calling test where it is absent. */
  public static Path require(String path) {
    Path file = Path.of(System.getProperty("retinaspark.shared", "../../shared")).resolve(path);
    assumeThat(file)
        .as("%s is not on this machine: the test needs real photos or weights", path)
        .exists();
    return file;
  }
}
