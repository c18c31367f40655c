package org.retinaspark.job.evaluate;

/**
 * What to evaluate on AFLW2000-3D.
 *
 * @param detections URI of the table
 * @param groundTruth URI of the folder of labels
 */
public record AflwConfig(String detections, String groundTruth) {

  /**
   * Checks what can be checked without reading.
   *
   * @throws IllegalArgumentException if something is empty
   */
  public AflwConfig {
    EvaluateConfig.requireText(detections, "--detections");
    EvaluateConfig.requireText(groundTruth, "--ground-truth");
  }
}
