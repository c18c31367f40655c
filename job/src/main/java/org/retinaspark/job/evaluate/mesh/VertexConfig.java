package org.retinaspark.job.evaluate.mesh;

/**
 * Which meshes to compare.
 *
 * @param detections URI of the table that is measured
 * @param reference URI of the table that counts as true
 * @param leastSide of the shorter side of a face's box in the reference, in pixels; smaller faces
 *     don't count
 */
public record VertexConfig(String detections, String reference, double leastSide) {

  /**
   * Checks what can be checked without reading.
   *
   * @throws IllegalArgumentException if something is empty or negative
   */
  public VertexConfig {
    requireText(detections, "--detections");
    requireText(reference, "--reference");
    if (!(leastSide >= 0) || Double.isInfinite(leastSide)) {
      throw new IllegalArgumentException(
          "--min-face is %s, and must be a number of pixels, 0 or more: nothing was evaluated"
              .formatted(leastSide));
    }
  }

  private static void requireText(String value, String option) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          option + " is empty; meshes can't be compared without it: nothing was evaluated");
    }
  }
}
