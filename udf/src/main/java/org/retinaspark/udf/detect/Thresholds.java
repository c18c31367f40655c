package org.retinaspark.udf.detect;

import java.io.Serializable;

/**
 * What becomes of the network's candidates.
 *
 * @param score a candidate needs more than this score, from 0 to below 1
 * @param intersectionOverUnion non-maximum suppression drops a box whose IoU with a better one
 *     exceeds this, from 0 to 1
 * @param candidates the best so many enter the suppression
 * @param faces at most so many faces leave it
 * @param minimumFace shorter side, in pixels of the image, that a face must have; 0 for any
 */
public record Thresholds(
    float score, float intersectionOverUnion, int candidates, int faces, float minimumFace)
    implements Serializable {

  /**
   * The settings of the published WIDER FACE figures (biubug6/Pytorch_Retinaface, {@code
   * test_widerface.py}).
   */
  public static final Thresholds WIDER_FACE = new Thresholds(0.02f, 0.4f, 5000, 750, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  public Thresholds {
    require(score >= 0 && score < 1, "--score-threshold", score, "from 0 to below 1");
    require(
        intersectionOverUnion >= 0 && intersectionOverUnion <= 1,
        "--nms-threshold",
        intersectionOverUnion,
        "from 0 to 1");
    require(candidates >= 1, "--top-k", candidates, "at least 1");
    require(faces >= 1, "--max-faces", faces, "at least 1");
    require(
        minimumFace >= 0 && Float.isFinite(minimumFace),
        "--min-face",
        minimumFace,
        "a number of pixels, at least 0");
  }

  private static void require(boolean valid, String option, Number value, String range) {
    if (!valid) {
      throw new IllegalArgumentException(option + " is " + value + ", but must be " + range);
    }
  }
}
