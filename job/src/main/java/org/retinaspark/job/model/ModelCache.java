package org.retinaspark.job.model;

import java.nio.file.Path;

/** Where {@code deploy/fetch-assets} and {@code demo} leave what they fetch and make. */
public final class ModelCache {

  private ModelCache() {}

  /** The model of {@code demo}, imported to take images of any size. */
  public static Path dynamicModel() {
    return folder().resolve("mnet.25_v2-dynamic.onnx");
  }

  private static Path folder() {
    String own = System.getenv("RETINASPARK_CACHE");
    if (own != null && !own.isEmpty()) {
      return Path.of(own);
    }
    String base = System.getenv("XDG_CACHE_HOME");
    return base != null && !base.isEmpty()
        ? Path.of(base, "retinaspark")
        : Path.of(System.getProperty("user.home"), ".cache", "retinaspark");
  }
}
