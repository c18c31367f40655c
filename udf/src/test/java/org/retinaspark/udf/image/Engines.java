package org.retinaspark.udf.image;

import org.junit.jupiter.api.Assumptions;

/** Which engines this machine has. */
final class Engines {

  private Engines() {}

  /** Skips the test where the engine can't be opened, and says why. */
  static void assumeAvailable(JpegEngine engine) {
    Assumptions.assumeTrue(
        engine == JpegEngine.IMAGEIO || TurboJpeg.isAvailable(),
        () -> "skipped without libturbojpeg: " + TurboJpeg.obstacle().orElse(""));
  }
}
