package org.retinaspark.job.evaluate;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.detections.DetectionText;
import org.retinaspark.job.measures.BadInput;
import org.retinaspark.job.measures.Dialect;
import org.retinaspark.job.measures.spark.OptionalMeasure;

/**
 * What to evaluate, and how.
 *
 * @param detections URI of the table or folder
 * @param format which of them it is
 * @param text how the files of a folder are read
 * @param groundTruth URI of the folder of the official files
 * @param split such as {@code val}
 * @param images URI of a list of images to restrict both sides to; null for all
 * @param dialect whose rules
 * @param badInput what becomes of duplicates and of numbers that aren't finite
 * @param optional what to compute beside the official numbers
 */
public record EvaluateConfig(
    String detections,
    DetectionFormat format,
    DetectionText text,
    String groundTruth,
    String split,
    @Nullable String images,
    Dialect dialect,
    BadInput badInput,
    Set<OptionalMeasure> optional) {

  /**
   * Checks what can be checked without reading.
   *
   * @throws IllegalArgumentException if something is empty
   */
  public EvaluateConfig {
    optional = Set.copyOf(optional);
    requireText(detections, "--detections");
    requireText(groundTruth, "--ground-truth");
    requireText(split, "--split");
  }

  static void requireText(String value, String option) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(option + " is empty; nothing can be evaluated without it");
    }
  }
}
