package org.retinaspark.job.evaluate;

import org.jspecify.annotations.Nullable;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.evaluate.mesh.VertexConfig;
import picocli.CommandLine.Option;

/** The options of {@code evaluate} that are of the comparison of meshes alone. */
final class MeshOptions {

  @Option(
      names = "--reference",
      paramLabel = "URI",
      description = {
        "For mesh: the table whose meshes count as true, such as one of 'detect --mesh-model'.",
        "Its faces count whose mesh has a score over 0.5."
      })
  private @Nullable String reference;

  @Option(
      names = "--min-face",
      paramLabel = "PIXELS",
      defaultValue = "0",
      description =
          "For mesh: leave out faces of the reference whose box has a shorter side (default: 0).")
  private double leastSide;

  /**
   * What they ask for.
   *
   * @throws UsageException if something is missing or no number of pixels
   */
  VertexConfig config(String detections) {
    if (reference == null) {
      throw new UsageException(
          "--benchmark mesh compares the meshes of --detections with those of another table, but no --reference is given: nothing was evaluated; name the table of 'detect --mesh-model'");
    }
    try {
      return new VertexConfig(detections, reference, leastSide);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage(), wrong);
    }
  }
}
