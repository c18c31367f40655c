package org.retinaspark.udf.image.jpeg;

import org.junit.jupiter.api.Assumptions;

/** Which engines this machine has. */
public final class Engines {

  private Engines() {}

  /** Whether libturbojpeg is there. */
  public static boolean hasTurboJpeg() {
    return TurboJpeg.isAvailable();
  }

  /** Skips the test where the engine can't be opened, and says why. */
  public static void assumeAvailable(JpegEngine engine) {
    Assumptions.assumeTrue(
        engine == JpegEngine.IMAGEIO || TurboJpeg.isAvailable(),
        () -> "skipped without libturbojpeg: " + TurboJpeg.obstacle().orElse(""));
  }
}
