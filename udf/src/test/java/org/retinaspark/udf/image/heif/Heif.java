package org.retinaspark.udf.image.heif;

import org.junit.jupiter.api.Assumptions;

/** Whether this machine has libheif. */
public final class Heif {

  private Heif() {}

  /** Whether the library can be loaded. */
  public static boolean isAvailable() {
    return LibHeif.isAvailable();
  }

  /** Skips the test where the library can't be loaded. */
  public static void assumeAvailable() {
    Assumptions.assumeTrue(LibHeif.isAvailable(), "skipped without libheif");
  }
}
