package org.retinaspark.io.labels;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How labels are taken.
 *
 * @param format what they are given in
 * @param minScore of a table, what a face must have at least to be one
 * @param ignoredScore of a table, what a face must have at least to be ignored and not background
 * @param minMeshScore of a table, what a mesh must have more than to be a label
 * @param category of COCO annotations, whose are taken; null for the only one, or {@code face}
 */
public record LabelRules(
    LabelFormat format,
    float minScore,
    float ignoredScore,
    float minMeshScore,
    @Nullable String category)
    implements Serializable {

  /**
   * With 0.8, 0.2 and 0.5. Of the MobileNet-0.25's detections on WIDER FACE val with a score of 0.8
   * and more 96% are labelled faces, from 0.2 to 0.8 19% to 71%, and of those below 2%.
   */
  public static LabelRules of(LabelFormat format) {
    return new LabelRules(format, 0.8f, 0.2f, 0.5f, null);
  }

  /**
   * Checks the scores.
   *
   * @throws IllegalArgumentException if one isn't from 0 to 1, or if the second is above the first
   */
  public LabelRules {
    if (!(minScore >= 0 && minScore <= 1)
        || !(ignoredScore >= 0 && ignoredScore <= minScore)
        || !(minMeshScore >= 0 && minMeshScore <= 1)) {
      throw new IllegalArgumentException(
          ("labels with a score of %s for faces, %s for ignored ones and %s for meshes: each must"
                  + " be from 0 to 1, and the second no more than the first")
              .formatted(minScore, ignoredScore, minMeshScore));
    }
  }
}
